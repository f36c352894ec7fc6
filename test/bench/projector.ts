import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf } from '#lib/events';
import { connectKafka, logEnds } from '#lib/kafka';
import { liveGeneration, openReadModel } from '#lib/read-model';
import { SpawnedApp } from '../support/spawned-app.js';
import { peakMemory } from './peak-memory.js';
import { type Result, whole } from './result.js';

const LOOK_EVERY_MS = 50;
const [RATIO, MEGABYTES] = [0.5, 400];

/** (b) The projector, a process of its own, on everything that waits in the log. It goes on running. */
export async function measureProjector(
  env: Record<string, string>,
  rawPerSecond: number | undefined,
): Promise<{ projector: SpawnedApp; results: Result[] }> {
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
  const starting = SpawnedApp.start('projector', env);
  // The clock runs from the last look that found nothing folded: starting up and joining the group are not folding.
  let from = performance.now();
  for (let now = 0; now < waiting; now = await folded()) {
    if (now === 0) from = performance.now();
    await wait(LOOK_EVERY_MS);
  }
  const perSecond = waiting / ((performance.now() - from) / 1000);
  const projector = await starting;
  const parked = (await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${schema}.parked`)).rows[0]!.count;
  await pool.end();
  if (parked > 0) throw new Error(`${parked} events were parked: the log is not what the projector takes`);
  return { projector, results: resultsOf(waiting, perSecond, peakMemory(projector.pid) / 1e6, rawPerSecond) };
}

function resultsOf(waiting: number, perSecond: number, peak: number, rawPerSecond: number | undefined): Result[] {
  const ratio = rawPerSecond === undefined ? undefined : perSecond / rawPerSecond;
  return [
    {
      measure: 'b',
      what: `projector on ${whole(waiting)} sealed events waiting`,
      result: `${whole(perSecond)} events/s${ratio === undefined ? '' : `, ${ratio.toFixed(2)} of (a)`}`,
      ...(ratio === undefined ? { target: '' } : { target: `${RATIO} of (a)`, met: ratio >= RATIO }),
      numbers: { perSecond, events: waiting, ...(ratio !== undefined && { ratio }) },
    },
    {
      measure: 'b',
      what: 'projector’s peak memory',
      result: `${whole(peak)} MB`,
      target: `< ${MEGABYTES} MB`,
      met: peak < MEGABYTES,
      numbers: { peakMegabytes: peak },
    },
  ];
}
