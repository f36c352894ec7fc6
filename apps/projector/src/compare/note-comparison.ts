import { Digests, type Queryable } from '#lib/read-model';
import type { SchemasCompared } from './compare-schemas.js';
import { fieldDifferences } from './field-differences.js';

/** Keeps what a comparison found, field by field. @param o.beside the other generation; null: the log itself */
export async function noteComparison(
  client: Queryable,
  o: { id: string; generation: number; beside: number | null; share: number; compared: SchemasCompared },
): Promise<void> {
  const { rows, differences, undecided, examples } = o.compared;
  await client.query(
    `INSERT INTO control.comparison (id, generation, beside, share, rows_compared, differences, undecided) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE SET rows_compared = excluded.rows_compared, differences = excluded.differences,
       undecided = excluded.undecided, compared_at = now()`,
    [o.id, o.generation, o.beside, o.share, rows, differences, undecided],
  );
  const digests = await Digests.open(client);
  const fields = examples.flatMap((row) => fieldDifferences(row, digests, o.id));
  const column = (of: (field: (typeof fields)[number]) => string | null) => fields.map(of);
  await client.query(
    `INSERT INTO control.difference (comparison, table_name, row_key, subject, field, here, there)
     SELECT $1, given.* FROM unnest($2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[]) AS given
     ON CONFLICT DO NOTHING`,
    [
      o.id,
      column(({ table }) => table),
      column(({ rowKey }) => rowKey),
      column(({ subject }) => subject),
      column(({ field }) => field),
      column(({ here }) => here),
      column(({ there }) => there),
    ],
  );
}
