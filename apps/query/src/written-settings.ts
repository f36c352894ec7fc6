import { existsSync, readFileSync } from 'node:fs';
import { findingsInJson } from '#lib/events';

/** A file of settings as somebody wrote it. @throws Error in words for whoever wrote it */
export function writtenSettings(file: string): unknown {
  if (!existsSync(file)) throw new Error(`There is no file of settings at ${file}.`);
  const text = readFileSync(file, 'utf8');
  if (text.startsWith('\uFEFF')) throw new Error(`${file} begins with a byte order mark. Save it as UTF-8 without one.`);
  const written = parsed(file, text);
  // Of two, the last would count without a word.
  const twice = findingsInJson(text).filter(({ rule }) => rule === 'key-once');
  if (twice.length > 0)
    throw settingsWrong(
      file,
      twice.map(({ path }) => `${placeIn(written, path)}: written twice`),
    );
  return written;
}

/** @param mistakes every one, in words */
export const settingsWrong = (file: string, mistakes: readonly string[]): Error =>
  new Error(`The authority's settings in ${file} are wrong:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);

/** Where in the settings, by names and not by numbers: "services › school › fromAge". */
export function placeIn(written: unknown, path: readonly PropertyKey[]): string {
  let at = written;
  const steps = path.map((step) => {
    const list = Array.isArray(at);
    at = (at as Record<PropertyKey, unknown> | undefined)?.[step];
    return list ? nameOf(at, Number(step)) : String(step);
  });
  return steps.join(' › ') || 'the file';
}

/** Services, sources and machine clients go by their codes; of what has none, which one it is. */
function nameOf(item: unknown, index: number): string {
  const { id, service, client } = (item ?? {}) as Record<string, unknown>;
  const name = [id, service, client].find((one) => typeof one === 'string' && one !== '');
  return typeof name === 'string' ? name : `number ${index + 1}`;
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${file} is not JSON, a comma or a quotation mark too many or too few perhaps: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
