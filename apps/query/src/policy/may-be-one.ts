/** Which two records may be of one person although nobody has matched them: SQL on search keys (decision 0024). */

const keysOf = (r: string, pattern: string, as = 'key') =>
  `ARRAY (SELECT ${as} FROM unnest(${r}.search_keys) key WHERE key ~ '${pattern}')`;
const NHS = '^i:nhs:\\d{10}$';

/** A number whose check digit is right (modulus 11, NHS Data Dictionary). */
const validNhs = (r: string) => `ARRAY (
        SELECT key FROM unnest(${r}.search_keys) key WHERE key ~ '${NHS}' AND key !~ '^i:nhs:(\\d)\\1{9}$'
          AND (SELECT sum((11 - at) * substr(key, 6 + at, 1)::int) % 11 = 0 FROM generate_series(1, 10) at))`;

/** The same whole date of birth, with names that are spelled or sound alike; with two NHS numbers they are two people. */
export const namedAlike = (x: string, r: string) => `
      (SELECT bool_or(key ~ '^d:.{10}$') AND bool_or(key ~ '^f') AND bool_or(key ~ '^g')
       FROM unnest(${x}.search_keys) key WHERE key = ANY (${r}.search_keys))
      AND (cardinality(${validNhs(x)}) = 0 OR cardinality(${validNhs(r)}) = 0 OR ${validNhs(x)} && ${validNhs(r)})`;

/** An NHS number, pupil number or case ID in common; what one record calls a case ID is the case management system's own id of another. */
export const numberedAlike = (x: string, r: string, system: string) => [
  `${x}.search_keys && ${keysOf(r, '^i:(nhs|upn|cms):')}`,
  `${x}.source = ${system} AND ${x}.search_keys && ${keysOf(r, '^i:cms:', `'c:' || substr(key, 7)`)}`,
  `${r}.source = ${system} AND ${x}.search_keys && ${keysOf(r, '^c:', `'i:cms:' || substr(key, 3)`)}`,
];

/** Whether somebody has decided by hand that two records are of two people. */
export const keptApart = (x: string, r: string): string =>
  `EXISTS (SELECT FROM kept_apart k WHERE k.subject = ${r}.subject AND k.other_subject = ${x}.subject AND k.apart)`;

/** Whether two records may be of one person, in any of these ways, and nobody has decided that they are not. For an `x` of which there are few: none of the ways is looked up by an index. */
export const mayBeOne = (x: string, r: string, system: string): string =>
  `((${[namedAlike(x, r), ...numberedAlike(x, r, system)].map((alike) => `(${alike})`).join(' OR ')}) AND NOT ${keptApart(x, r)})`;
