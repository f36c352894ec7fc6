import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf } from '#lib/events';
import { connectKafka, logEnds } from '#lib/kafka';
import { liveGeneration, openReadModel } from '#lib/read-model';
import { SpawnedApp } from '../support/spawned-app.js';

const LOOK_EVERY_MS = 50;

export interface Caught {
  projectors: SpawnedApp[];
  /** Events of the log. */
  waiting: number;
  perSecond: number;
}

/**
 * Projectors, processes of their own, on everything that waits in the log for this read model. They go on running.
 * The clock runs from when all of them fold: starting up, joining the group and sharing it out are not folding.
 */
export async function catchUp(env: Record<string, string>, processes: number): Promise<Caught> {
  const topic = topicsOf(env.TOPIC_PREFIX).involvementLog;
  const ends = await logEnds(connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'bench' }), topic);
  const waiting = ends.reduce((sum, { offset }) => sum + offset, 0);
  const pool = openReadModel(env.READ_MODEL_URL!, { max: 1 });
  await pool.query('CHECKPOINT');
  const { schema } = await liveGeneration(pool);
  const folded = async (): Promise<number> => {
    const { rows } = await pool.query<{ folded: number }>(
      `SELECT coalesce(sum(next_offset), 0)::int8 AS folded FROM ${schema}.checkpoint WHERE topic = $1`,
      [topic],
    );
    return rows[0]!.folded;
  };
  let ready = false;
  const starting = Promise.all(Array.from({ length: processes }, () => SpawnedApp.start('projector', env))).finally(() => (ready = true));
  let begun = { at: performance.now(), folded: 0 };
  for (let now = 0; now < waiting; now = await folded()) {
    // One process that is ready before anything is folded begins with the first event; of a log too short to be shared out, all is counted.
    if (now === 0 || (!ready && processes > 1 && now < waiting / 2)) begun = { at: performance.now(), folded: now };
    await wait(LOOK_EVERY_MS);
  }
  const perSecond = (waiting - begun.folded) / ((performance.now() - begun.at) / 1000);
  const projectors = await starting;
  const parked = (await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${schema}.parked`)).rows[0]!.count;
  await pool.end();
  if (parked > 0) throw new Error(`${parked} events were parked: the log is not what the projector takes`);
  return { projectors, waiting, perSecond };
}
