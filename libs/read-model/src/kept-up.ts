import type { Queryable } from './generation.js';

/** A projector says so every second of each generation that it folds. */
const SAID_WITHIN = '10 seconds';

/** Notes that a projector folds these generations now. */
export async function noteKeptUp(client: Queryable, generations: readonly number[]): Promise<void> {
  if (generations.length === 0) return;
  await client.query(
    `INSERT INTO control.kept_up (generation, said_at) SELECT unnest($1::int[]), now()
     ON CONFLICT (generation) DO UPDATE SET said_at = excluded.said_at`,
    [[...generations].sort((a, b) => a - b)],
  );
}

/** Whether any projector has said lately that it folds a generation. */
export async function isKeptUp(client: Queryable, generation: number): Promise<boolean> {
  const { rows } = await client.query(`SELECT FROM control.kept_up WHERE generation = $1 AND said_at > now() - interval '${SAID_WITHIN}'`, [
    generation,
  ]);
  return rows.length > 0;
}
