import { migrateReadModel, openReadModel } from '#lib/read-model';
import { freshDatabase } from '../support/fresh.js';
import { foldedLog, type Write } from './folded-log.js';
import { type Result, whole } from './result.js';

/** As many events in one transaction as the projector takes. */
const BATCH = 2000;

/** (a) What PostgreSQL alone can take: the projector's rows from memory, one connection per partition, prepared unnest, no checkpoint, no guards. */
export async function measureRawLimit(env: Record<string, string>): Promise<Result & { perSecond: number }> {
  const { events, partitions } = await foldedLog(env, BATCH);
  const url = await freshDatabase('raw-limit');
  await migrateReadModel(url, { partitions: partitions.length });
  const pool = openReadModel(url, { max: partitions.length, forWriting: true });
  await pool.query('CHECKPOINT');
  const writePartition = async (writes: readonly Write[]): Promise<void> => {
    const client = await pool.connect();
    for (const statements of writes) {
      await client.query('BEGIN');
      for (const statement of statements) await client.query(statement);
      await client.query('COMMIT');
    }
    client.release();
  };
  const from = performance.now();
  await Promise.all(partitions.map(writePartition));
  const perSecond = events / ((performance.now() - from) / 1000);
  await pool.end();
  return {
    measure: 'a',
    what: `raw limit: the same rows by prepared unnest from memory, ${partitions.length} connections`,
    result: `${whole(perSecond)} events/s`,
    target: '',
    numbers: { perSecond, events },
    perSecond,
  };
}
