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
