/** Whom a restriction covers: SQL on a record, the same for one person, for a family and for a search. */

/** Whether a record restricts its person by its source's word; one that should never have been there does not. */
export const restrictedBySource = (x: string): string =>
  `(${x}.restriction <> 'none' AND (${x}.present IS DISTINCT FROM false OR ${x}.removed_reason IS DISTINCT FROM 'entered-in-error'))`;

/** Whether a record restricts its person: by its source, by hand, or because it may be of a restricted person although nobody has matched them. */
export const restricts = (r: string, system: string): string =>
  `(${restrictedBySource(r)} OR EXISTS (SELECT FROM decided.restricted d WHERE d.subject = ${r}.subject) OR ${likeRestricted(r, system)})`;

const keysOf = (r: string, pattern: string, as = 'key') =>
  `ARRAY (SELECT ${as} FROM unnest(${r}.search_keys) key WHERE key ~ '${pattern}')`;
const NHS = '^i:nhs:\\d{10}$';

/** A number whose check digit is right (modulus 11, NHS Data Dictionary). */
const validNhs = (r: string) => `ARRAY (
        SELECT key FROM unnest(${r}.search_keys) key WHERE key ~ '${NHS}' AND key !~ '^i:nhs:(\\d)\\1{9}$'
          AND (SELECT sum((11 - at) * substr(key, 6 + at, 1)::int) % 11 = 0 FROM generate_series(1, 10) at))`;

/** The same whole date of birth, with names that are spelled or sound alike; with two NHS numbers they are two people. */
const namedAlike = (x: string, r: string) => `
      (SELECT bool_or(key ~ '^d:.{10}$') AND bool_or(key ~ '^f') AND bool_or(key ~ '^g')
       FROM unnest(${x}.search_keys) key WHERE key = ANY (${r}.search_keys))
      AND (cardinality(${validNhs(x)}) = 0 OR cardinality(${validNhs(r)}) = 0 OR ${validNhs(x)} && ${validNhs(r)})`;

/** An NHS number, pupil number or case ID in common; what one record calls a case ID is the case management system's own id of another. */
const numberedAlike = (x: string, r: string, system: string) => [
  `${x}.search_keys && ${keysOf(r, '^i:(nhs|upn|cms):')}`,
  `${x}.source = ${system} AND ${x}.search_keys && ${keysOf(r, '^i:cms:', `'c:' || substr(key, 7)`)}`,
  `${r}.source = ${system} AND ${x}.search_keys && ${keysOf(r, '^c:', `'i:cms:' || substr(key, 3)`)}`,
];

/** Whether a present record may be of a restricted person: until they are matched, its page would show what the restriction hides (decision 0024). */
export function likeRestricted(r: string, system: string): string {
  const numbered = numberedAlike('x', r, system);
  return `(${r}.present AND (
      EXISTS (SELECT FROM record x WHERE x.date_of_birth = ${r}.date_of_birth AND ${restrictedBySource('x')} AND ${namedAlike('x', r)})
      ${numbered.map((alike) => `OR EXISTS (SELECT FROM record x WHERE ${alike} AND ${restrictedBySource('x')})`).join('\n      ')}
      OR EXISTS (SELECT FROM decided.restricted d JOIN record x ON x.subject = d.subject
                 WHERE (${[namedAlike('x', r), ...numbered].map((alike) => `(${alike})`).join(' OR ')}))))`;
}
