import type { AuditSight } from '../read/audit-reader.js';
import { type AuditRow, ROW } from '../read-audit.js';
import type { Period, Unusual, UnusualRule, UnusualUse } from './unusual-use.js';
import { COUNTED, OPENED } from './what-counts.js';

interface Statement {
  text: string;
  values: unknown[];
}

const LONDON = `(to_timestamp(at / 1000.0) AT TIME ZONE 'Europe/London')`;
const WITHIN = 'at >= $1 AND at < $2';

/** Which entries are out of hours. After midnight, a night is still of the day it began on. @param first the number of its first parameter */
function outsideHours({ hours, roles }: UnusualUse['outOfHours'], first: number): Statement {
  const own = Object.entries(roles).flatMap(([role, at]) => (at === 'any-time' ? [] : [{ role, ...at }]));
  const [role, opens, closes, weekends, anyTime, from, to, atWeekends] = Array.from({ length: 8 }, (_, at) => `$${first + at}`);
  return {
    text: `
      ${OPENED} AND (role IS NULL OR role <> ALL (${anyTime}::text[])) AND EXISTS (
        SELECT FROM (SELECT ${LONDON} AS london) l
        LEFT JOIN unnest(${role}::text[], ${opens}::time[], ${closes}::time[], ${weekends}::boolean[]) AS own (role, opens, closes, weekends)
          ON own.role = entry.role
        CROSS JOIN LATERAL (SELECT coalesce(opens, ${from}::time) AS starts, coalesce(closes, ${to}::time) AS ends) h
        CROSS JOIN LATERAL (SELECT starts > ends AS overnight, london::time < ends AS before_end) o
        WHERE NOT CASE WHEN overnight THEN london::time >= starts OR before_end ELSE london::time >= starts AND before_end END
           OR (extract(isodow FROM london - CASE WHEN overnight AND before_end THEN interval '1 day' ELSE interval '0' END) > 5
               AND NOT coalesce(weekends, ${atWeekends}::boolean)))`,
    values: [
      ...(['role', 'from', 'to', 'weekends'] as const).map((name) => own.map((entry) => entry[name])),
      Object.entries(roles).flatMap(([role, at]) => (at === 'any-time' ? [role] : [])),
      hours.from,
      hours.to,
      hours.weekends,
    ],
  };
}

/** The columns of an `Unusual` but for its rule, over the grouped entries. */
const FOUND = `
  reader, max(role) AS role, max(team) AS team, min(at)::float8 AS "firstAt", max(at)::float8 AS "lastAt", to_char(day, 'YYYY-MM-DD') AS day`;

/** Days, or weeks, in which a reader came by more people than the threshold, and than so many times their own usual. */
const manyIn = (
  unit: 'day' | 'week',
  which: string,
  period: Period,
  { people, timesUsual, usualDays }: UnusualUse['volume'],
): Statement => ({
  text: `
    WITH counted AS (
      SELECT reader, date_trunc('${unit}', ${LONDON}) AS day, count(DISTINCT person) AS people, min(at) AS first_at, max(at) AS last_at,
             max(role) AS role, max(team) AS team
      FROM audit.entry WHERE at >= $1 - ($5::int + 1) * 86400000::bigint AND at < $2 AND ${which} GROUP BY 1, 2)
    SELECT d.reader, d.role, d.team, NULL AS person, d.first_at::float8 AS "firstAt", d.last_at::float8 AS "lastAt",
           to_char(d.day, 'YYYY-MM-DD') AS day, jsonb_strip_nulls(jsonb_build_object('people', d.people, 'usual', u.usual)) AS counts
    FROM counted d CROSS JOIN LATERAL (
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY people) AS usual FROM counted before
      WHERE before.reader = d.reader AND before.day < d.day AND before.day >= d.day - $5::int * interval '1 day') u
    WHERE d.first_at >= $1 AND d.people > $3 AND d.people > coalesce($4 * u.usual, 0)`,
  values: [period.from, period.to, people, timesUsual, usualDays],
});

/** The rules that the audit log alone answers; each one statement over the period. */
const STATEMENTS = {
  outOfHours: (period, { outOfHours }) => {
    const outside = outsideHours(outOfHours, 4);
    return {
      text: `
        WITH looks AS (SELECT *, date_trunc('day', ${LONDON}) AS day FROM audit.entry WHERE ${WITHIN} AND ${outside.text})
        SELECT ${FOUND}, NULL AS person, jsonb_build_object('looks', count(*), 'people', count(DISTINCT person)) AS counts
        FROM looks GROUP BY reader, day HAVING count(*) >= $3`,
      values: [period.from, period.to, outOfHours.looks, ...outside.values],
    };
  },
  volume: (period, { volume }) => manyIn('day', COUNTED.volume, period, volume),
  listed: (period, { listed }) => manyIn('day', COUNTED.listed, period, listed),
  outsideCaseload: (period, { outsideCaseload }) => manyIn('week', COUNTED.outsideCaseload, period, outsideCaseload),
  thinReasons: (period, { thinReasons: { people } }) => ({
    text: `
      WITH looks AS (SELECT *, date_trunc('week', ${LONDON}) AS day FROM audit.entry
                     WHERE ${WITHIN} AND ${COUNTED.thinReasons})
      SELECT ${FOUND}, NULL AS person, jsonb_build_object('people', count(DISTINCT person)) AS counts
      FROM looks GROUP BY reader, day HAVING count(DISTINCT person) >= $3`,
    values: [period.from, period.to, people],
  }),
  overrides: (period) => ({
    text: `
      WITH looks AS (SELECT *, date_trunc('day', ${LONDON}) AS day FROM audit.entry
                     WHERE ${WITHIN} AND ${COUNTED.overrides})
      SELECT ${FOUND}, person, jsonb_build_object('overrides', count(*)) AS counts FROM looks GROUP BY reader, day, person`,
    values: [period.from, period.to],
  }),
  refusals: (period, { refusals: { people } }) => ({
    text: `
      WITH looks AS (SELECT *, date_trunc('day', ${LONDON}) AS day FROM audit.entry
                     WHERE ${WITHIN} AND ${COUNTED.refusals})
      SELECT ${FOUND}, NULL AS person, jsonb_build_object('people', count(DISTINCT person)) AS counts
      FROM looks GROUP BY reader, day HAVING count(DISTINCT person) >= $3`,
    values: [period.from, period.to, people],
  }),
  knownPerson: (period) => ({
    text: `
      WITH looks AS (SELECT *, date_trunc('day', ${LONDON}) AS day FROM audit.entry
                     WHERE ${WITHIN} AND ${COUNTED.knownPerson})
      SELECT ${FOUND}, person, jsonb_build_object('refusals', count(*)) AS counts FROM looks GROUP BY reader, day, person`,
    values: [period.from, period.to],
  }),
} as const satisfies Partial<Record<UnusualRule, (period: Period, use: UnusualUse) => Statement>>;

/** The entries a finding counts, by the hours as they are set now, newest first; and how many there are in all. @param limit so many at most */
export async function looksOfFinding(
  sight: AuditSight,
  { rule, reader, person, firstAt, lastAt }: Unusual,
  { outOfHours }: UnusualUse,
  limit: number,
): Promise<{ looks: AuditRow[]; total: number; people: number }> {
  const { text, values } = rule === 'outOfHours' ? outsideHours(outOfHours, 5) : { text: COUNTED[rule], values: [] };
  const which = `FROM audit.entry WHERE at >= $1 AND at <= $2 AND reader = $3 AND ($4::uuid IS NULL OR person = $4) AND ${text}`;
  const given = [firstAt, lastAt, reader, person, ...values];
  const { rows: counts } = await sight.query<{ total: number; people: number }>(
    `SELECT count(*)::int AS total, count(DISTINCT person)::int AS people ${which}`,
    given,
  );
  const { rows: looks } = await sight.query<AuditRow>(
    `SELECT ${ROW} ${which} ORDER BY at DESC, seq DESC LIMIT ${Math.trunc(limit)}`,
    given,
  );
  return { looks, ...counts[0]! };
}

/** The rules that need to know who a person is, and so are answered where that may be asked. */
export const IDENTITY_RULES = ['self', 'sameSurname', 'sameHousehold'] as const satisfies UnusualRule[];
export type IdentityRule = (typeof IDENTITY_RULES)[number];

/** What the rules find that are switched on and need the log alone. The period begins with the week it begins in, so that no day or week is counted by half. */
export async function findUnusual(sight: AuditSight, period: Period, use: UnusualUse): Promise<Unusual[]> {
  const found: Unusual[] = [];
  const weeks = { ...period, from: await beginningOfWeek(sight, period.from) };
  for (const [rule, statement] of Object.entries(STATEMENTS) as [keyof typeof STATEMENTS, (typeof STATEMENTS)[keyof typeof STATEMENTS]][]) {
    if (!use[rule].on) continue;
    const { text, values } = statement(weeks, use);
    const { rows } = await sight.query<Omit<Unusual, 'rule'>>(text, values);
    found.push(...rows.map((row) => ({ rule, ...row })));
  }
  return found;
}

async function beginningOfWeek(sight: AuditSight, at: number): Promise<number> {
  const { rows } = await sight.query<{ at: number }>(
    `SELECT (extract(epoch FROM date_trunc('week', to_timestamp($1 / 1000.0) AT TIME ZONE 'Europe/London') AT TIME ZONE 'Europe/London') * 1000)::float8 AS at`,
    [at],
  );
  return rows[0]!.at;
}

/** Whose data each reader opened on which day: what the rules about identity are asked of. */
export type Opened = Omit<Unusual, 'rule' | 'counts' | 'person'> & { person: string };

/** What the directory called each reader when they last signed in to look in this period: a session lasts less than a day. */
export async function namesOfReaders(sight: AuditSight, { from, to }: Period): Promise<Map<string, string>> {
  const { rows } = await sight.query<{ reader: string; name: string }>(
    `SELECT DISTINCT ON (reader) reader, shown->>'name' AS name FROM audit.entry
     WHERE at >= $1 AND at < $2 AND action = 'signed-in' AND reader IS NOT NULL AND shown->>'name' <> '' ORDER BY reader, at DESC`,
    [from - 86_400_000, to],
  );
  return new Map(rows.map(({ reader, name }) => [reader, name]));
}

export async function openedInPeriod(sight: AuditSight, period: Period): Promise<Opened[]> {
  const { rows } = await sight.query<Opened>(
    `WITH looks AS (SELECT *, date_trunc('day', ${LONDON}) AS day FROM audit.entry WHERE ${WITHIN} AND ${OPENED})
     SELECT ${FOUND}, person FROM looks GROUP BY reader, day, person`,
    [period.from, period.to],
  );
  return rows;
}
