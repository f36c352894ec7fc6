import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UnusualUse } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from '../environment.js';

/** As much of the authority's settings as the rules need; the query service checks the whole file. */
const Authority = z.object({ unusualUse: UnusualUse.prefault({}) });

/** The rules as the authority has set them; the defaults where there is no such file here. */
export function unusualUse(): UnusualUse {
  const { authorityFile } = readSettings({ authorityFile: settings.authorityFile }, opsEnvironment());
  let text: string;
  try {
    text = readFileSync(authorityFile, 'utf8');
  } catch {
    return UnusualUse.parse({});
  }
  return Authority.parse(JSON.parse(text)).unusualUse;
}
