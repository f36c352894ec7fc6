import { liveGeneration, openReadModel } from '#lib/read-model';
import { eventually } from './eventually.js';

/**
 * Waits until the read model shows so many involvements, every source's check has arrived everywhere, and the matcher is past all of them:
 * from then on each answer is final, also "nothing found".
 */
export async function readable(readModelUrl: string, wanted: { involvements: number; sources: number }): Promise<void> {
  const pool = openReadModel(readModelUrl, { max: 1 });
  try {
    const { schema, partitions } = await liveGeneration(pool);
    await eventually(
      'everything published was readable',
      async () => {
        const { rows } = await pool.query<{ involvements: number; checks: number; unmatched: number }>(SEEN.replaceAll('{schema}', schema));
        const [{ involvements, checks, unmatched } = { involvements: 0, checks: 0, unmatched: 1 }] = rows;
        return involvements === wanted.involvements && checks === wanted.sources * partitions && unmatched === 0;
      },
      { within: 60_000 },
    );
  } finally {
    await pool.end();
  }
}

const SEEN = `
  SELECT (SELECT count(*) FROM {schema}.involvement WHERE service IS NOT NULL) AS involvements,
         (SELECT count(*) FROM {schema}.coverage) AS checks,
         (SELECT count(*) FROM {schema}.coverage c WHERE c.log_offset >= coalesce(
           (SELECT min(m.log_offset) FROM {schema}.matched_up_to m WHERE m.log_partition = c.partition), 0)) AS unmatched`;
