import { nextOf, numbersOf, restrictedBySource, restrictingAmong } from '#lib/read-model';

/** The parts of a generation that the figures across sources read by their bare names; within a recursive WITH. */
export const tablesOf = (schema: string): string =>
  ['record', 'record_person', 'kept_apart']
    .map((table) => `${table} AS NOT MATERIALIZED (SELECT * FROM ${schema}.${table})`)
    .join(',\n    ');

/**
 * Parts of a recursive WITH: `closed (subject)`, every record of anybody who is, or may be, restricted, or of whom a reader's doubt hides a record: with all that are tied to it by
 * person or replacement. It begins at the few that are restricted: whoever shares neither day of birth nor number with one of them can't be taken for them.
 * @param system parameter, the case management system
 */
export const closedRecords = (system: string): string => `
  restricted AS MATERIALIZED (
    SELECT r.subject, r.source, r.date_of_birth, r.search_keys FROM record r
    WHERE ${restrictedBySource('r')} OR r.subject IN (SELECT subject FROM decided.restricted)),
  suspect AS MATERIALIZED (
    SELECT subject FROM restricted
    UNION SELECT r.subject FROM restricted x JOIN record r ON r.date_of_birth = x.date_of_birth
    UNION SELECT r.subject FROM (SELECT DISTINCT key FROM ${numbersOf(
      '(SELECT subject, source, key FROM restricted, unnest(search_keys) key)',
      system,
    )} known) number JOIN record r ON r.search_keys @> ARRAY[number.key]),
  these AS MATERIALIZED (SELECT * FROM record WHERE subject IN (SELECT subject FROM suspect)),
  ${restrictingAmong('these', system)},
  closed (subject) AS (
    SELECT subject FROM (
      SELECT subject FROM restricting UNION SELECT subject FROM decided.doubt_that_may_count WHERE hides) roots
    UNION
    SELECT next.subject FROM closed, LATERAL (${nextOf('closed')}) next)`;
