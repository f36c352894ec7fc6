import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { dayWords, instantWords } from '../day-words.js';
import { listed } from '../listed-words.js';
import { bitsWords } from '../compare-records/waterfall.js';
import { counted, lastingWords } from '../ops-pages/lasting-words.js';
import { FACTS } from '../view-person/facts-shown.js';
import { NO_ADDRESS } from '../view-person/shown-addresses.js';
import { mailLink, numbersIn, telephoneLink } from './contacts.js';

/** The project's folder, whether this runs from `dist/` or from the sources. */
export const projectFolder = join(import.meta.dirname.replace(/([/\\]dist)?[/\\]apps[/\\]query[/\\]src[/\\]layout$/, ''));

/** Every value is escaped, and a missing one is an error: an empty space on a page could be read as "nothing". */
export function openTemplates(): nunjucks.Environment {
  const packages = ['govuk-frontend/dist', '@ministryofjustice/frontend'].map((path) => join(projectFolder, 'node_modules', path));
  const folders = [join(projectFolder, 'apps/query/src'), ...packages];
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  return environment
    .addFilter('day', dayWords)
    .addFilter('instant', instantWords)
    .addFilter('sentence', (words: string) => words.charAt(0).toLocaleUpperCase('en-GB') + words.slice(1))
    .addFilter('lasting', lastingWords)
    .addFilter('counted', counted)
    .addFilter('listed', listed)
    .addFilter('bits', bitsWords)
    .addFilter('number', (count: number) => count.toLocaleString('en-GB'))
    .addFilter('telephone', telephoneLink)
    .addFilter('numbersIn', numbersIn)
    .addFilter('mail', mailLink)
    .addGlobal('FACTS', FACTS)
    .addGlobal('NO_ADDRESS', NO_ADDRESS);
}
