import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Source, Sources } from '#lib/events';
import { readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from './environment.js';

/** As much of the authority's settings as operations need; the query service checks the whole file. */
const Authority = z.object({ sources: Sources });

/** What is agreed with each source, in the order of the settings; none where there is no such file here. */
export function expectedSources(): Source[] {
  const { authorityFile } = readSettings({ authorityFile: settings.authorityFile }, opsEnvironment());
  let text: string;
  try {
    text = readFileSync(authorityFile, 'utf8');
  } catch {
    return [];
  }
  return Authority.parse(JSON.parse(text)).sources;
}
