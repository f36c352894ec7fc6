import type { AuditRow, Place } from '#lib/audit';

/** A place in a list of entries, as it stands in an address (`after`). */
export const placeOf = ({ at, seq }: AuditRow): string => `${at}.${seq}`;

/** Null: from the newest on. */
export function placeIn(text: unknown): Place | null {
  const [, at, seq] = (typeof text === 'string' && /^(\d{1,15})\.(\d{1,15})$/.exec(text)) || [];
  return at === undefined ? null : { at: Number(at), seq: Number(seq) };
}
