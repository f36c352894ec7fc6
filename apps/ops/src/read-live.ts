import { liveGeneration, openReadModel } from '#lib/read-model';

/**
 * Runs one statement on the live generation of the read model.
 * @param statement gives the SQL, told the generation's schema
 */
export async function readLive<Row>(url: string, statement: (schema: string) => string, values: unknown[] = []): Promise<Row[]> {
  const pool = openReadModel(url, { max: 1 });
  try {
    const { schema } = await liveGeneration(pool);
    const { rows } = await pool.query(statement(schema), values);
    return rows as Row[];
  } finally {
    await pool.end();
  }
}
