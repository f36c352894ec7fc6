import type { AuditRow } from '../read-audit.js';
import { insertedBefore, type Mismatch } from './mismatch.js';

/** What was found wrong with one entry; null: nothing that is known of it in particular. Names fields, never their values. */
export function wrongWith(found: readonly Mismatch[], { id, index }: Pick<AuditRow, 'id' | 'index'>): string | null {
  // One that was put in has no index of its own: what was found names the sealed one behind it, with which nothing is wrong.
  if (index === null) return found.some((one) => isOf(one, id)) ? 'it was put in among entries that were sealed' : null;
  return found.find((one) => one.kind !== 'insertion' && holds(one, index))?.says ?? null;
}

const isOf = ({ id, index, kind }: Mismatch, entry: string): boolean =>
  kind === 'insertion' && index !== null && insertedBefore(index, entry).id === id;

const holds = ({ index: from, through }: Mismatch, index: number): boolean => from !== null && from <= index && index <= (through ?? from);
