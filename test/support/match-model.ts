import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MODEL, type MatchSettings } from '../../libs/matching/src/index.js';

/** The built-in match model with changes, in a file for `MATCH_MODEL_FILE`. */
export function matchModelFile(changes: Partial<MatchSettings>): string {
  const file = join('.cache', `match-model-${randomUUID()}.json`);
  writeFileSync(file, JSON.stringify({ ...DEFAULT_MODEL, ...changes }));
  return file;
}

/** Joins by an NHS number that names and date of birth bear out, and by nothing less. */
export const BY_NUMBER = { model_version: 'by-number', zones: { join: 25, review: 5, sensitive: { join: 25, review: 5 } } };
