import { bornFrom, bornUntil, isEstimatedSql } from '#lib/matching';
import { nextOf } from '#lib/read-model';

/** More records of one source with one number: it is nobody's, and every two of them would have to be compared. */
const HELD_BY_AT_MOST = 20;

/** A date of birth that is known to the day: SQL on `record`. @param defaults parameter, a `text[]` of those that systems fill in where none is known */
export const bornOn = (defaults: string): string => `
  CASE WHEN date_of_birth_precision = 'day' AND NOT date_of_birth = ANY (${defaults}::text[])
        AND NOT ${isEstimatedSql('record')} THEN date_of_birth END`;

export const yearsBefore = (day: string, years: string) => `((left(${day}, 4)::int - ${years})::text || substr(${day}, 5))`;

/**
 * Parts of a WITH: `elsewhere (source, people)`, of how many people another source has a record with a number that a record of this one has too, under another
 * date of birth. Nobody may find out by it who is known to another service: counted are records of telling sources alone, of whom that service
 * may tell by whichever date of birth is right, and nobody who is `closed`. A person counts once, however many records state one number.
 * @param judged a relation of numbers: source, subject, born, type, value, wrong
 * @param day expression of today in London; the telling sources' `shownAt` and `silent` are parameters
 */
export const clashesElsewhere = (judged: string, o: { day: string; shownAt: string; silent: string }): string => `
  shared AS MATERIALIZED (
    SELECT type, value FROM ${judged} WHERE NOT wrong AND born IS NOT NULL
    GROUP BY type, value HAVING min(born) < max(born) AND min(source) < max(source)),
  held AS MATERIALIZED (
    SELECT source, subject, born, type, value, count(*) OVER (PARTITION BY source, type, value) AS records
    FROM ${judged} JOIN shared USING (type, value) WHERE NOT wrong AND born IS NOT NULL),
  pair AS MATERIALIZED (
    SELECT DISTINCT here.source, here.subject AS here, here.born, there.subject AS there,
           (${o.shownAt}::jsonb -> there.source ->> 0)::int AS from_age, (${o.shownAt}::jsonb -> there.source ->> 1)::int AS to_age
    FROM held here JOIN held there USING (type, value)
    WHERE here.source <> there.source AND here.born <> there.born AND ${o.shownAt}::jsonb ? there.source
      AND here.records <= ${HELD_BY_AT_MOST} AND there.records <= ${HELD_BY_AT_MOST}),
  tied (root, subject) AS (
    SELECT root, root FROM (SELECT here AS root FROM pair UNION SELECT there FROM pair) roots
    UNION
    SELECT tied.root, next.subject FROM tied, LATERAL (${nextOf('tied')}) next),
  age AS MATERIALIZED (
    SELECT root, min(${bornFrom('c')}) AS earliest, max(${bornUntil('c')}) AS latest, least(${o.day}, min(c.deceased_on)) AS on_day
    FROM tied JOIN record c USING (subject) WHERE c.present AND NOT c.source = ANY (${o.silent}::text[]) GROUP BY root),
  elsewhere AS (
    SELECT pair.source, count(DISTINCT coalesce(whose.person, pair.there)) AS people
    FROM pair JOIN age ON age.root = pair.there LEFT JOIN record_person whose ON whose.subject = pair.there
    WHERE NOT EXISTS (SELECT FROM closed WHERE closed.subject = here) AND NOT EXISTS (SELECT FROM closed WHERE closed.subject = there)
      AND (from_age IS NULL OR greatest(latest, pair.born) <= ${yearsBefore('on_day', 'from_age')})
      AND (to_age IS NULL OR least(earliest, pair.born) > ${yearsBefore(o.day, '(to_age + 1)')})
    GROUP BY pair.source)`;

/** In steps of ten, nought for fewer than ten: exact, it would tell by the difference whether somebody has a record elsewhere. */
export const inTens = (count: string): string => `CASE WHEN ${count} < 10 THEN 0 ELSE round(${count}, -1) END`;
