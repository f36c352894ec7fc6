import { bornFrom, bornUntil } from '#lib/matching';
import { yearsBefore } from './clashes.js';

/**
 * Parts of a WITH: `matched (source, people, elsewhere)`, how many people a source has records of, and of how many of them another source that may tell has one too. Nobody may
 * find out by it who is known to another service: the other record is one of a telling source, of an age at which that one is shown, and nobody `closed` counts.
 * People count, not records: ten copies of one record would make a step by themselves. One that no person is decided for yet is somebody by itself, whom no other source has.
 * @param kept a relation of present records: source, subject
 * @param day expression of today in London; the telling sources' `shownAt` and `silent` are parameters
 */
export const matchedElsewhere = (kept: string, o: { day: string; shownAt: string; silent: string }): string => `
  whose AS MATERIALIZED (
    SELECT source, coalesce(person, subject) AS person, person IS NOT NULL AND bool_and(closed.subject IS NULL) AS open
    FROM ${kept} LEFT JOIN record_person USING (subject) LEFT JOIN closed USING (subject)
    GROUP BY source, person, coalesce(person, subject)),
  person_age AS MATERIALIZED (
    SELECT person, min(${bornFrom('c')}) AS earliest, max(${bornUntil('c')}) AS latest, least(${o.day}, min(c.deceased_on)) AS on_day
    FROM record_person JOIN record c USING (subject)
    WHERE c.present AND NOT c.source = ANY (${o.silent}::text[]) AND person IN (SELECT person FROM whose WHERE open GROUP BY person HAVING count(*) > 1)
    GROUP BY person),
  telling AS (
    SELECT person, min(source) AS first, max(source) AS last
    FROM (SELECT source, person, (${o.shownAt}::jsonb -> source ->> 0)::int AS from_age, (${o.shownAt}::jsonb -> source ->> 1)::int AS to_age
          FROM whose WHERE open AND ${o.shownAt}::jsonb ? source) there
    JOIN person_age USING (person)
    WHERE (from_age IS NULL OR latest <= ${yearsBefore('on_day', 'from_age')})
      AND (to_age IS NULL OR earliest > ${yearsBefore(o.day, '(to_age + 1)')})
    GROUP BY person),
  matched AS (
    SELECT source, count(*) AS people,
           count(*) FILTER (WHERE open AND (first <> source OR last <> source)) AS elsewhere
    FROM whose LEFT JOIN telling USING (person) GROUP BY source)`;

/** In whole tens, nought for fewer than ten: at least so many. Rounded up, it could be more than there are. */
export const atLeastTens = (count: string): string => `trunc(${count}, -1)`;
