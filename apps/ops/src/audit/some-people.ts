import { normaliseName } from '#lib/matching';
import { liveGeneration, type ReadModelPool } from '#lib/read-model';
import { MADE_UP_READERS } from './made-up-readers.js';
import type { SomePerson } from './made-up-use.js';

/** People of the read model with the tokens of their records, always the same ones first. */
export async function somePeople(pool: ReadModelPool, atMost: number): Promise<SomePerson[]> {
  const { schema } = await liveGeneration(pool);
  const { rows } = await pool.query<SomePerson>(
    `SELECT person, array_agg(subject ORDER BY subject) AS subjects FROM ${schema}.record_person JOIN ${schema}.record USING (subject)
     WHERE present AND person IS NOT NULL GROUP BY person ORDER BY person LIMIT $1`,
    [atMost],
  );
  return rows;
}

/** Somebody who bears the surname of a reader, as few people do, and not the first name; null: nobody does. */
export async function relativeOfAReader(pool: ReadModelPool): Promise<(SomePerson & { reader: string }) | null> {
  const { schema } = await liveGeneration(pool);
  const names = MADE_UP_READERS.map(({ id }) => id.split('.').map((name) => normaliseName(name).join('')));
  const { rows } = await pool.query<SomePerson & { reader: string }>(
    `WITH bearing AS (
       SELECT reader, person, subject, dense_rank() OVER (PARTITION BY reader ORDER BY person) AS place
       FROM unnest($1::text[], $2::text[], $3::text[]) AS n (reader, first, last)
       JOIN ${schema}.record ON search_keys @> ARRAY['f:' || last] JOIN ${schema}.record_person USING (subject)
       WHERE present AND NOT search_keys @> ARRAY['g:' || first])
     SELECT reader, person, array_agg(subject) AS subjects FROM bearing
     GROUP BY reader, person HAVING (SELECT max(place) FROM bearing all_of WHERE all_of.reader = bearing.reader) <= 10
     ORDER BY reader, person LIMIT 1`,
    [MADE_UP_READERS.map(({ id }) => id), names.map(([first]) => first), names.map(([, last]) => last)],
  );
  return rows[0] ?? null;
}
