import type { PoolClient } from 'pg';

/** A field of an involvement on which the index (here) and the source (there) do not agree. */
export interface SourceDifference {
  kind: 'only-here' | 'only-there' | 'differs';
  /** Empty where the whole involvement is on one side alone. */
  field: string;
  involvementId: string;
  recordId: string | null;
}

const AT_ONCE = 5_000;

/** Finds, piece by piece, where the live generation and the loaded extract do not agree. */
export async function* findDifferences(client: PoolClient, schema: string, source: string): AsyncGenerator<SourceDifference[]> {
  await client.query(`DECLARE found NO SCROLL CURSOR FOR ${DIFFERENCES(schema)}`, [source]);
  for (;;) {
    const { rows } = await client.query<SourceDifference>(`FETCH ${AT_ONCE} FROM found`);
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query('CLOSE found');
}

/**
 * Retracted involvements are not there. Facts of a record that was replaced belong to the record at the end of the chain; of a record that
 * is not known yet, only the token is: its id can't be compared.
 */
const DIFFERENCES = (schema: string) => `
  WITH RECURSIVE followed (subject, at, step) AS (
    SELECT subject, replaced_by, 1 FROM ${schema}.record WHERE source = $1 AND replaced_by IS NOT NULL
    UNION ALL
    SELECT f.subject, r.replaced_by, f.step + 1 FROM followed f JOIN ${schema}.record r ON r.subject = f.at
    WHERE r.replaced_by IS NOT NULL AND f.step < 20),
  ends AS (SELECT DISTINCT ON (subject) subject, at FROM followed ORDER BY subject, step DESC),
  here AS (
    SELECT i.involvement_id, r.record_id, i.service, i.status, i.opened_on, i.closed_on
    FROM ${schema}.involvement i LEFT JOIN ends USING (subject) LEFT JOIN ${schema}.record r ON r.subject = coalesce(ends.at, i.subject)
    WHERE i.source = $1 AND i.status IS DISTINCT FROM 'retracted'),
  compared AS (
    SELECT coalesce(h.involvement_id, t.involvement_id) AS "involvementId", coalesce(t.record_id, h.record_id) AS "recordId",
           CASE WHEN t.involvement_id IS NULL THEN ARRAY['only-here'] WHEN h.involvement_id IS NULL THEN ARRAY['only-there']
                ELSE array_remove(ARRAY[
                  CASE WHEN h.record_id <> t.record_id THEN 'record_id' END,
                  CASE WHEN h.service IS DISTINCT FROM t.service THEN 'service' END,
                  CASE WHEN h.status IS DISTINCT FROM t.status THEN 'status' END,
                  CASE WHEN h.opened_on IS DISTINCT FROM t.opened_on THEN 'opened_on' END,
                  CASE WHEN h.status = t.status AND h.closed_on IS DISTINCT FROM t.closed_on THEN 'closed_on' END], NULL) END AS found
    FROM here h FULL JOIN extract t ON t.involvement_id = h.involvement_id)
  SELECT CASE WHEN what LIKE 'only-%' THEN what ELSE 'differs' END AS kind, CASE WHEN what LIKE 'only-%' THEN '' ELSE what END AS field,
         "involvementId", "recordId"
  FROM compared, unnest(found) AS what`;
