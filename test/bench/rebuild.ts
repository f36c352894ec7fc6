import { openReadModel } from '#lib/read-model';
import { SpawnedApp } from '../support/spawned-app.js';
import { cpuSeconds } from './cpu-seconds.js';
import { peakMemory } from './peak-memory.js';
import { type Result, whole } from './result.js';
import { watchBuild, type WatchedBuild } from './watched-build.js';

const [OF_LIVE, MEGABYTES] = [1.5, 400];

/** A process for upkeep that does nothing by itself. */
export const startUpkeep = (env: Record<string, string>): Promise<SpawnedApp> =>
  SpawnedApp.start('projector', { ...env, PROJECTOR_TASK: 'upkeep', PROJECTOR_CHECK_SECONDS: '0' });

export interface MeasuredBuild extends WatchedBuild {
  cpuMicrosecondsPerEvent: number;
  peakMegabytes: number;
}

/** One generation built from the whole log by an upkeep process of its own. */
export async function measureBuild(env: Record<string, string>): Promise<MeasuredBuild> {
  const upkeep = await startUpkeep(env);
  const pool = openReadModel(env.READ_MODEL_URL!, { max: 1 });
  try {
    await pool.query('CHECKPOINT');
    const before = cpuSeconds(upkeep.pid) ?? Number.NaN;
    const built = await watchBuild(pool);
    const cpu = (cpuSeconds(upkeep.pid) ?? Number.NaN) - before;
    return { ...built, cpuMicrosecondsPerEvent: (cpu / built.events) * 1e6, peakMegabytes: peakMemory(upkeep.pid) / 1e6 };
  } finally {
    await pool.end();
    await upkeep.stop();
  }
}

/** (g) A new generation from the log that live apply was measured on. @param live events per second of one projector in the same run */
export async function measureRebuild(env: Record<string, string>, live: number): Promise<Result[]> {
  const { events, bulkSeconds, seconds, cpuMicrosecondsPerEvent, peakMegabytes } = await measureBuild(env);
  const [bulkPerSecond, perSecond] = [events / bulkSeconds, events / seconds];
  return [
    {
      measure: 'g',
      what: `rebuild of ${whole(events)} events: bulk phase, then indexes and the rest of the logs`,
      result: `bulk ${whole(bulkPerSecond)} events/s, whole ${whole(perSecond)} events/s in ${seconds.toFixed(1)} s (${whole(cpuMicrosecondsPerEvent)} µs of a core an event)`,
      target: '',
      numbers: { perSecond, bulkPerSecond, seconds, bulkSeconds, events, cpuMicrosecondsPerEvent },
    },
    {
      measure: 'g',
      what: '  the whole rebuild, of one projector on the same log',
      result: `${(perSecond / live).toFixed(2)} of (b); bulk phase ${(bulkPerSecond / live).toFixed(2)}`,
      target: `${OF_LIVE} of (b)`,
      met: perSecond / live >= OF_LIVE,
      numbers: { ratio: perSecond / live, bulkRatio: bulkPerSecond / live },
    },
    {
      measure: 'g',
      what: '  peak memory of upkeep',
      result: `${whole(peakMegabytes)} MB`,
      target: `< ${MEGABYTES} MB`,
      met: peakMegabytes < MEGABYTES,
      numbers: { peakMegabytes },
    },
  ];
}
