import { liveGeneration, type Queryable } from '#lib/read-model';

/** Subject tokens of all records of a person as readers see them now: their own, those replaced by them, and those that these were replaced by. */
export async function recordsOfPerson(client: Queryable, person: string): Promise<string[]> {
  const { schema } = await liveGeneration(client);
  const { rows } = await client.query(
    `WITH RECURSIVE reached (subject) AS (
       SELECT subject FROM ${schema}.record_person WHERE person = $1
       UNION
       SELECT next.subject FROM reached, LATERAL (
         SELECT replaced_by AS subject FROM ${schema}.record r WHERE r.subject = reached.subject AND replaced_by IS NOT NULL
         UNION ALL SELECT r.subject FROM ${schema}.record r WHERE r.replaced_by = reached.subject) next)
     SELECT subject FROM reached ORDER BY subject`,
    [person],
  );
  return (rows as { subject: string }[]).map(({ subject }) => subject);
}
