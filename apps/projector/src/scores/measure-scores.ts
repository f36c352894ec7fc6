import { birthSaid, DEFAULT_BIRTH_DATES } from '#lib/matching';
import { isNowSql, type Queryable } from '#lib/read-model';
import { bornOn, clashesElsewhere, inTens } from './clashes.js';
import { closedRecords, tablesOf } from './closed.js';
import { atLeastTens, matchedElsewhere } from './matches.js';
import type { TellingSources } from './telling-sources.js';

/**
 * Measures the data of every source that holds any, as the live generation has it now, and keeps it as the newest of its week. It reads whole tables; nobody waits for it.
 * A problem that the source's next version puts right is gone with the next measurement: nothing is kept of single records.
 * @param now milliseconds since 1970
 */
export async function measureScores(client: Queryable, schema: string, now: number, telling: TellingSources): Promise<void> {
  const { shownAt, silent, caseManagementSystem } = telling;
  await client.query(measureIn(schema), [now / 1_000, DEFAULT_BIRTH_DATES, JSON.stringify(shownAt), silent, caseManagementSystem]);
}

/** When it was measured last, in milliseconds since 1970; null: never. */
export async function lastMeasured(client: Queryable): Promise<number | null> {
  const { rows } = await client.query('SELECT (extract(epoch FROM max(measured_at)) * 1000)::float8 AS at FROM control.source_score');
  return (rows[0] as { at: number | null }).at;
}

/** The rules of libs/matching, in SQL: millions of identifiers are judged where they are. Its spec holds the two against each other. */
const NHS_IS_WRONG = `CASE WHEN value ~ '^[0-9]{10}$' AND value !~ '^([0-9])\\1+$'
  THEN (11 - (SELECT sum(substr(value, n, 1)::int * (11 - n)) FROM generate_series(1, 9) n) % 11) % 11 <> substr(value, 10, 1)::int
  ELSE true END`;
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';
const UPN_IS_WRONG = `CASE WHEN value ~ '^[${LETTERS}][0-9]{11}[0-9${LETTERS}]$'
  THEN substr('${LETTERS}', (SELECT sum(n * CASE WHEN substr(value, n, 1) ~ '[0-9]' THEN substr(value, n, 1)::int ELSE strpos('${LETTERS}', substr(value, n, 1)) - 1 END)
                             FROM generate_series(2, 13) n)::int % 23 + 1, 1) <> substr(value, 1, 1)
  ELSE true END`;

const TODAY = `to_char(to_timestamp($1) AT TIME ZONE 'Europe/London', 'YYYY-MM-DD')`;

/** Whoever publishes somebody to see by the figure whether another source knows them waits a week for each answer: the first of a week that has anybody stays. */
const ONCE_A_WEEK = `CASE WHEN (held.figures ->> 'people')::int > 0
  THEN jsonb_build_object('people', held.figures -> 'people', 'knownElsewhere', held.figures -> 'knownElsewhere') ELSE '{}' END`;

/** While a source is being filled, the first figure of a week would be of whoever had come by then, and would stay: so not before the last measurement had found nine tenths of it. */
const IS_FILLED = 'before.found >= 0.9 * coalesce(people.records, 0)';

const ACROSS = { day: TODAY, shownAt: '$3', silent: '$4' };

const measureIn = (schema: string) => `
  WITH RECURSIVE ${tablesOf(schema)},
  kept AS MATERIALIZED (
    SELECT subject, source, date_of_birth, ${bornOn('$2')} AS born, addresses, identifiers FROM ${schema}.record WHERE present AND replaced_by IS NULL),
  people AS (
    SELECT source, count(*) AS records, count(${birthSaid('date_of_birth')}) AS birth_dates,
           count(*) FILTER (WHERE date_of_birth = ANY ($2::text[])) AS default_dates,
           count(*) FILTER (WHERE jsonb_path_exists(addresses, '$[*].postcode ? (@ != null)')) AS postcodes
    FROM kept GROUP BY source),
  doubles AS (
    SELECT source, sum(several - 1) AS duplicates FROM (
      SELECT source, count(*) AS several FROM kept JOIN ${schema}.record_person USING (subject) WHERE person IS NOT NULL
      GROUP BY source, person HAVING count(*) > 1) AS shared
    GROUP BY source),
  judged AS MATERIALIZED (
    SELECT source, subject, born, type, value, CASE type WHEN 'nhs' THEN ${NHS_IS_WRONG} ELSE ${UPN_IS_WRONG} END AS wrong
    FROM (SELECT source, subject, born, one ->> 'type' AS type, upper(regexp_replace(one ->> 'value', '[\\s-]', '', 'g')) AS value
          FROM kept, jsonb_array_elements(CASE jsonb_typeof(identifiers) WHEN 'array' THEN identifiers ELSE '[]' END) AS one
          WHERE one ->> 'type' IN ('nhs', 'upn')) AS stated),
  numbers AS (SELECT source, count(*) AS identifiers, count(*) FILTER (WHERE wrong) AS wrong FROM judged GROUP BY source),
  clashes AS (
    SELECT source, sum(records) AS clashing FROM (
      SELECT source, count(DISTINCT subject) AS records FROM judged WHERE NOT wrong AND born IS NOT NULL
      GROUP BY source, type, value HAVING min(born) < max(born)) AS shared
    GROUP BY source),
  ${closedRecords('$5')},
  ${clashesElsewhere('judged', ACROSS)},
  ${matchedElsewhere('kept', ACROSS)},
  work AS (
    SELECT i.source, count(*) AS open, count(practitioner ->> 'name') AS names,
           count(coalesce(practitioner ->> 'phone', team_phone)) AS phones, count(practitioner ->> 'email') AS emails
    FROM ${schema}.involvement i LEFT JOIN ${schema}.record r USING (subject)
    WHERE ${isNowSql(TODAY, 'i.')} AND r.present IS DISTINCT FROM false GROUP BY i.source),
  monday AS (SELECT to_char(date_trunc('week', to_timestamp($1) AT TIME ZONE 'Europe/London'), 'YYYY-MM-DD') AS week),
  before AS (SELECT DISTINCT ON (source) source, (figures ->> 'records')::int AS found FROM control.source_score ORDER BY source, week DESC),
  taken AS (SELECT source, sum(received) AS events FROM ${schema}.tally, monday WHERE day >= week GROUP BY source),
  refused AS (SELECT source, sum(events) AS events FROM control.rejected, monday WHERE day >= week GROUP BY source)
  INSERT INTO control.source_score AS held (source, week, measured_at, figures)
  SELECT source, week, to_timestamp($1), jsonb_build_object(
    'records', coalesce(records, 0), 'withBirthDate', coalesce(birth_dates, 0), 'withPostcode', coalesce(postcodes, 0),
    'duplicates', coalesce(duplicates, 0), 'defaultBirthDates', coalesce(default_dates, 0), 'clashingIdentifiers', coalesce(clashing, 0),
    'clashingElsewhere', ${inTens('coalesce(elsewhere.people, 0)')},
    'identifiers', coalesce(identifiers, 0), 'wrongIdentifiers', coalesce(wrong, 0),
    'open', coalesce(open, 0), 'withPractitioner', coalesce(names, 0), 'withPhone', coalesce(phones, 0), 'withEmail', coalesce(emails, 0),
    'received', coalesce(taken.events, 0) + coalesce(refused.events, 0), 'refused', coalesce(refused.events, 0)) ||
    CASE WHEN ${IS_FILLED} THEN jsonb_build_object('people', coalesce(matched.people, 0), 'knownElsewhere', ${atLeastTens('coalesce(matched.elsewhere, 0)')}) ELSE '{}' END
  FROM people FULL JOIN work USING (source) LEFT JOIN doubles USING (source) LEFT JOIN numbers USING (source) LEFT JOIN clashes USING (source)
    LEFT JOIN elsewhere USING (source) LEFT JOIN matched USING (source) LEFT JOIN taken USING (source) LEFT JOIN refused USING (source) LEFT JOIN before USING (source) CROSS JOIN monday
  ORDER BY source
  ON CONFLICT (source, week) DO UPDATE SET measured_at = excluded.measured_at, figures = excluded.figures || ${ONCE_A_WEEK}
    WHERE held.measured_at < excluded.measured_at`;
