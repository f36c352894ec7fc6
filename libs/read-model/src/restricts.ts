/** Whom a restriction covers: SQL on a record, the same for one person, for a family and for a search. */
import { keptApart, mayBeOne, namedAlike, numberedAlike, numbersOf } from './may-be-one.js';

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

/**
 * Parts of a WITH: `restricting (subject)`, those of many records that restrict their person, as `restricts` says of each. Whoever is restricted and shares a
 * number or the date of birth with any of them is looked up once for all, and met by that number or day alone: both these and the restricted may be thousands.
 * Number by number: an index asked for a thousand at once compares each with every other. Beside it `alike (subject, known)`:
 * of a restricted record, or of one whose person the reader has said to know, where the reader is given.
 * @param these a relation with the columns of `record` named in `COMPARED`
 */
export const restrictingAmong = (these: string, system: string, reader?: string): string => `
    number AS MATERIALIZED ${numbersOf(
      `(
      SELECT * FROM (SELECT r.subject, r.source, unnest(r.search_keys) AS key FROM ${these} r WHERE r.present) stated
      WHERE key ^@ 'i:' OR key ^@ 'c:')`,
      system,
    )},
    chosen AS MATERIALIZED (
      SELECT x.subject, x.source, x.date_of_birth, x.search_keys, false AS known FROM decided.restricted d JOIN record x ON x.subject = d.subject${reader === undefined ? '' : DECLARED(reader)}),
    born AS MATERIALIZED (
      SELECT x.subject, x.date_of_birth, x.search_keys, false AS known FROM record x
      WHERE x.date_of_birth = ANY (ARRAY (SELECT date_of_birth FROM ${these} WHERE present)) AND ${restrictedBySource('x')}
      UNION ALL SELECT subject, date_of_birth, search_keys, known FROM chosen),
    numbered AS MATERIALIZED (
      SELECT x.subject, x.source, number.key, false AS known
      FROM (SELECT DISTINCT key FROM number) number JOIN record x ON x.search_keys @> ARRAY[number.key] WHERE ${restrictedBySource('x')}
      UNION ALL SELECT subject, source, key, known FROM chosen, unnest(search_keys) key),
    alike AS MATERIALIZED (
      SELECT r.subject, known FROM ${these} r, (VALUES (false), (true)) of (known)
      WHERE r.present AND EXISTS (
        SELECT FROM born x WHERE x.date_of_birth = r.date_of_birth AND x.known = of.known AND ${namedAlike('x', 'r')} AND NOT ${keptApart('x', 'r')})
      UNION ALL
      SELECT n.subject, x.known FROM number n JOIN numbered x ON x.key = n.key
      WHERE (NOT n.key ^@ 'c:' OR x.source = ${system}) AND NOT ${keptApart('x', 'n')}),
    restricting AS MATERIALIZED (
      SELECT r.subject FROM ${these} r
      WHERE ${restrictedBySource('r')} OR EXISTS (SELECT FROM decided.restricted d WHERE d.subject = r.subject)
         OR r.subject IN (SELECT subject FROM alike WHERE NOT known))`;

const DECLARED = (reader: string) => `
      UNION ALL
      SELECT x.subject, x.source, x.date_of_birth, x.search_keys, true FROM decided.declaration d JOIN record x ON x.subject = d.subject
      WHERE d.reader = ${reader} AND d.withdrawn_at IS NULL`;

/** What a record is compared by. */
export const COMPARED = ['subject', 'source', 'present', 'restriction', 'removed_reason', 'date_of_birth', 'search_keys'];
