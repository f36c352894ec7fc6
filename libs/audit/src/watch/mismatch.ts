import { hash } from 'node:crypto';
import type { SealRefusal } from '../seal/seal-refused.js';
import type { Tampering } from '../verify/finding.js';

/** Where the log is not what was sealed. */
export interface Mismatch {
  /** Of what stands there: the same is told once, something else at the same place again. */
  id: string;
  /** The first entry concerned; null: no sealer signs the log, and which entry that is about is not known. */
  index: number | null;
  /** The last one, where several in a row are. */
  through: number | null;
  kind: Tampering | SealRefusal;
  /** For people; names fields, never their values. */
  says: string;
}

const CHANGED = 'not what was sealed: ';
const TAKEN_OUT = 'taken out without a record: ';
/** What is said of fields that are wrong, the entry being otherwise the one that was sealed. */
export const saysChanged = (fields: readonly string[]): string => `${CHANGED}${fields.join(', ')}`;
export const saysTakenOut = (fields: readonly string[]): string => `${TAKEN_OUT}${fields.join(', ')}`;
/** Of `audit.mismatch m`: which fields that names; null: none. */
export const FIELDS_FOUND = `string_to_array(substring(m.says FROM '^(?:${CHANGED}|${TAKEN_OUT})(.+)$'), ', ')`;

/** @param what stands there: bytes or text that change with it */
export function mismatchOf(
  { index, through = null, kind, says }: Omit<Mismatch, 'id' | 'through'> & { through?: number | null },
  ...what: readonly (string | Buffer)[]
): Mismatch {
  const text = JSON.stringify([
    index,
    through,
    kind,
    says,
    ...what.map((part) => (typeof part === 'string' ? part : part.toString('base64'))),
  ]);
  return { id: hash('sha256', text).slice(0, 32), index, through, kind, says };
}

/** An entry that stands among the sealed ones without an index. @param index of the first sealed one behind it */
export const insertedBefore = (index: number, entry: string): Mismatch =>
  mismatchOf({ index, kind: 'insertion', says: 'an entry that was never sealed stands before it' }, entry);

/** One for each run of entries of which the same is said. @param found by index */
export function inRuns(found: readonly Mismatch[]): Mismatch[] {
  const runs: Mismatch[][] = [];
  for (const one of found) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const follows = last?.index != null && one.index === (last.through ?? last.index) + 1;
    if (run && last && follows && last.kind === one.kind && last.says === one.says) run.push(one);
    else runs.push([one]);
  }
  return runs.map((run) => {
    const [first, last] = [run[0]!, run.at(-1)!];
    if (run.length === 1) return first;
    return mismatchOf({ ...first, through: last.through ?? last.index }, ...run.map(({ id }) => id));
  });
}
