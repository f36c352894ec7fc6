/** Whom a restriction covers: SQL on a record, the same for one person, for a family and for a search. */
import { keptApart, mayBeOne, namedAlike, numberedAlike } from './may-be-one.js';

/** Whether a record restricts its person by its source's word; one that should never have been there does not. */
export const restrictedBySource = (x: string): string =>
  `(${x}.restriction <> 'none' AND (${x}.present IS DISTINCT FROM false OR ${x}.removed_reason IS DISTINCT FROM 'entered-in-error'))`;

/** Whether a record restricts its person: by its source, by hand, or because it may be of a restricted person although nobody has matched them, nor kept them apart by hand. */
export const restricts = (r: string, system: string): string =>
  `(${restrictedBySource(r)} OR EXISTS (SELECT FROM decided.restricted d WHERE d.subject = ${r}.subject) OR ${likeRestricted(r, system)})`;

/** Whether a present record may be of a restricted person: until they are matched, its page would show what the restriction hides (decision 0024). */
export function likeRestricted(r: string, system: string): string {
  const numbered = numberedAlike('x', r, system);
  return `(${r}.present AND (
      EXISTS (SELECT FROM record x WHERE x.date_of_birth = ${r}.date_of_birth AND ${restrictedBySource('x')} AND ${namedAlike('x', r)} AND NOT ${keptApart('x', r)})
      ${numbered.map((alike) => `OR EXISTS (SELECT FROM record x WHERE ${alike} AND ${restrictedBySource('x')} AND NOT ${keptApart('x', r)})`).join('\n      ')}
      OR EXISTS (SELECT FROM decided.restricted d JOIN record x ON x.subject = d.subject WHERE ${mayBeOne('x', r, system)})))`;
}
