/** Which two records may be of one person although nobody has matched them: SQL on search keys (decision 0024). */

const keysOf = (r: string, pattern: string, as = 'key') =>
  `ARRAY (SELECT ${as} FROM unnest(${r}.search_keys) key WHERE key ~ '${pattern}')`;
/** Asked of each of hundreds of namesakes: written out, and without a reference back, it takes less than half as long. */
const CHECKED = Array.from({ length: 10 }, (_, at) => `${10 - at} * substr(key, ${7 + at}, 1)::int`).join(' + ');

/** SQL: a record's NHS numbers whose check digit is right (modulus 11, NHS Data Dictionary) and that are not one digit ten times, as keys. */
export const validNhs = (r: string) => `ARRAY (
        SELECT key FROM unnest(${r}.search_keys) key
        WHERE key ^@ 'i:nhs:' AND CASE WHEN key ~ '^i:nhs:[0-9]{10}$' THEN replace(substr(key, 7), substr(key, 7, 1), '') <> '' AND (${CHECKED}) % 11 = 0 ELSE false END)`;

/** The same whole date of birth, with names that are spelled or sound alike; with two NHS numbers they are two people. Those are looked at only where the rest holds. */
export const namedAlike = (x: string, r: string) => `
      CASE WHEN (SELECT bool_or(key ~ '^d:.{10}$') AND bool_or(key ~ '^f') AND bool_or(key ~ '^g')
                 FROM unnest(${x}.search_keys) key WHERE key = ANY (${r}.search_keys))
      THEN (SELECT theirs = '{}' OR mine = '{}' OR theirs && mine FROM (SELECT ${validNhs(x)} AS theirs, ${validNhs(r)} AS mine OFFSET 0) numbers)
      ELSE false END`;

/** An NHS number, pupil number or case ID in common; what one record calls a case ID is the case management system's own id of another. */
export const numberedAlike = (x: string, r: string, system: string) => [
  `${x}.search_keys && ${keysOf(r, '^i:(nhs|upn|cms):')}`,
  `${x}.source = ${system} AND ${x}.search_keys && ${keysOf(r, '^i:cms:', `'c:' || substr(key, 7)`)}`,
  `${r}.source = ${system} AND ${x}.search_keys && ${keysOf(r, '^c:', `'i:cms:' || substr(key, 3)`)}`,
];

/** A relation of every number by which a record is numbered alike with any of many. @param keys a relation of their keys, each with the subject and source of its record */
export const numbersOf = (keys: string, system: string): string => `(
      WITH own AS (SELECT * FROM ${keys} own)
      SELECT subject, key FROM own WHERE key ^@ 'i:nhs:' OR key ^@ 'i:upn:' OR key ^@ 'i:cms:'
      UNION ALL SELECT subject, 'c:' || substr(key, 7) FROM own WHERE key ^@ 'i:cms:'
      UNION ALL SELECT subject, 'i:cms:' || substr(key, 3) FROM own WHERE key ^@ 'c:' AND source = ${system})`;

/** Whether two records have such a number in common. */
const numbered = (x: string, r: string, system: string) => `EXISTS (
        SELECT FROM unnest(${r}.search_keys) key
        WHERE (key ^@ 'i:nhs:' OR key ^@ 'i:upn:' OR key ^@ 'i:cms:') AND key = ANY (${x}.search_keys)
           OR ${x}.source = ${system} AND key ^@ 'i:cms:' AND 'c:' || substr(key, 7) = ANY (${x}.search_keys)
           OR ${r}.source = ${system} AND key ^@ 'c:' AND 'i:cms:' || substr(key, 3) = ANY (${x}.search_keys))`;

/** Whether somebody has decided by hand that two records are of two people. */
export const keptApart = (x: string, r: string): string =>
  `EXISTS (SELECT FROM kept_apart k WHERE k.subject = ${r}.subject AND k.other_subject = ${x}.subject AND k.apart)`;

/** Whether two records may be of one person, in any of these ways, and nobody has decided that they are not. For an `x` of which there are few: none of the ways is looked up by an index. */
export const mayBeOne = (x: string, r: string, system: string): string =>
  `((${namedAlike(x, r)} OR ${numbered(x, r, system)}) AND NOT ${keptApart(x, r)})`;
