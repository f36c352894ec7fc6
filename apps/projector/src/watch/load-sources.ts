import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Source, Sources } from '#lib/events';

/** Of an authority's settings, what whoever watches has to know; the rest is the query service's to check. */
const Watched = z.object({ sources: Sources });

/** @throws Error naming every mistake in the sources of an authority's file */
export function loadSources(file: string): Source[] {
  const checked = Watched.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (checked.success) return checked.data.sources;
  const mistakes = checked.error.issues.map(({ path, message }) => `  - ${path.join('.')}: ${message}`);
  throw new Error(`The sources in ${file} are wrong:\n${mistakes.join('\n')}`);
}
