import type { Queryable } from '#lib/read-model';

/** Whether a table is there yet: what watches sources and raises alarms may be of a version that does not keep it. */
export async function isTableThere(client: Queryable, table: string): Promise<boolean> {
  const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [table]);
  return (rows[0] as { there: boolean }).there;
}
