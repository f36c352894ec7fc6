import { topicsOf } from '#lib/events';
import { connectKafka, logEnds } from '#lib/kafka';
import { liveGeneration, openReadModel } from '#lib/read-model';
import { eventually } from '../support/eventually.js';

const WITHIN = { within: 1_200_000 };

/** Waits until the read model has all of the log, the matcher has decided everything in it, and its decisions are in the read model. */
export async function untilMatched(env: Record<string, string>): Promise<void> {
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'bench' });
  const pool = openReadModel(env.READ_MODEL_URL!, { max: 1 });
  const topic = topicsOf(env.TOPIC_PREFIX).involvementLog;
  try {
    const ends = await logEnds(kafka, topic);
    const { schema, partitions } = await liveGeneration(pool);
    await eventually(
      'the read model had everything',
      async () => {
        const { rows } = await pool.query<{ partition: number; offset: number }>(
          `SELECT partition, next_offset AS offset FROM ${schema}.checkpoint WHERE topic = $1`,
          [topic],
        );
        return ends.every((end) => end.offset === 0 || rows.some((row) => row.partition === end.partition && row.offset >= end.offset));
      },
      WITHIN,
    );
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
      WITHIN,
    );
    await pool.query('ANALYZE');
  } finally {
    await pool.end();
  }
}
