import { topicsOf } from '#lib/events';
import { connectKafka, logEnds } from '#lib/kafka';
import { liveGeneration, openReadModel } from '#lib/read-model';
import { eventually } from '../support/eventually.js';

/** Waits until the matcher has decided everything in the log, and its decisions are in the read model. */
export async function untilMatched(env: Record<string, string>): Promise<void> {
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'bench' });
  const pool = openReadModel(env.READ_MODEL_URL!, { max: 1 });
  try {
    const ends = await logEnds(kafka, topicsOf(env.TOPIC_PREFIX).involvementLog);
    const { schema, partitions } = await liveGeneration(pool);
    await eventually(
      'the matcher had decided on everything',
      async () => {
        const { rows } = await pool.query<{ partition: number; upTo: number; told: number }>(
          `SELECT log_partition AS partition, min(log_offset) AS "upTo", count(*)::int AS told FROM ${schema}.matched_up_to GROUP BY 1`,
        );
        return ends.every(({ partition, offset }) =>
          rows.some((row) => row.partition === partition && row.told === partitions && row.upTo >= offset),
        );
      },
      { within: 600_000 },
    );
    await pool.query('ANALYZE');
  } finally {
    await pool.end();
  }
}
