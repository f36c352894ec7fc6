import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from './environment.js';

/** An ISO 8601 duration of days, hours, minutes and seconds, read as seconds. */
const duration = z
  .string()
  .regex(/^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/)
  .transform((text) => {
    const of = (unit: RegExp) => Number(unit.exec(text)?.[1] ?? 0);
    return of(/(\d+)D/) * 86_400 + of(/(\d+)H/) * 3_600 + of(/(\d+)M/) * 60 + of(/(\d+)S/);
  });

/** As much of the authority's settings as operations need; the query service checks the whole file. */
const Authority = z.object({ sources: z.array(z.object({ id: z.string(), expectedEvery: duration, silence: duration })) });

/** How often each source is expected to speak, and after which silence it is late, in seconds; nothing where there is no such file here. */
export function expectedSources(): Map<string, { expectedEvery: number; silence: number }> {
  const { authorityFile } = readSettings({ authorityFile: settings.authorityFile }, opsEnvironment());
  let text: string;
  try {
    text = readFileSync(authorityFile, 'utf8');
  } catch {
    return new Map();
  }
  const { sources } = Authority.parse(JSON.parse(text));
  return new Map(sources.map(({ id, ...times }) => [id, times]));
}
