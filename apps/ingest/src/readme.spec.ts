import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkEvent } from './check/check-event.js';
import { mosaic } from './sources/mosaic.js';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const source = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.includes('.spec.'))
    .map((entry) => (entry.isDirectory() ? source(join(folder, entry.name)) : readFileSync(join(folder, entry.name), 'utf8')))
    .join('\n');

describe('What the README tells source teams', () => {
  it('begins with an event that is accepted', () => {
    const [, event] = /<<'EVENT'\n([^]*?)\nEVENT/.exec(readme)!;
    expect(checkEvent(JSON.parse(event!), mosaic, Date.now()).problems).toBeUndefined();
  });

  it('explains every rule and every problem that can be answered', () => {
    const code = source(import.meta.dirname);
    const contract = source(join(import.meta.dirname, '../../../libs/events/src'));
    const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!);
    const rules = [
      ...named(code + contract, /rule: '([a-z-]+)'/g),
      ...named(code, /\], ?'([a-z-]+)'/g),
      ...named(code, /^ {2}'([a-z]+(?:-[a-z]+)+)': \{/gm),
      ...named(code, /new Unreadable\(\s*'([a-z-]+)'/g),
    ];
    const problems = [
      ...named(code, /new RequestProblem\(\s*\d+,\s*'([a-z0-9-]+)'/g),
      ...named(code, /^ {2}'?([a-z-]+)'?: \[\d{3}, /gm),
      ...named(code, /^ {2}\?? ?'([a-z]+(?:-[a-z]+)+)' as const/gm),
    ];
    expect(rules.length).toBeGreaterThan(20);
    expect(problems.length).toBeGreaterThan(10);
    expect([...new Set([...rules, ...problems])].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
