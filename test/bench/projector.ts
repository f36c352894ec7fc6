import { migrateReadModel } from '#lib/read-model';
import { freshDatabase } from '../support/fresh.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import { type Caught, catchUp } from './backlog.js';
import { cpuSeconds } from './cpu-seconds.js';
import { peakMemory } from './peak-memory.js';
import { type Result, whole } from './result.js';

const [OF_RAW, OF_SINK, MEGABYTES] = [0.5, 1.5, 400];

/** What the same run measured of others, in events per second. */
export interface Compared {
  raw?: number;
  /** With as many tasks as there are processes, from one. */
  sink?: readonly number[];
}

/** (b) One projector and two, on everything that waits in the log. The one, on the deployment's own read model, goes on running. */
export async function measureProjector(
  env: Record<string, string>,
  compared: Compared,
): Promise<{ projector: SpawnedApp; results: Result[]; perSecond: number }> {
  const beside = { ...env, READ_MODEL_URL: await freshDatabase('two-projectors') };
  await migrateReadModel(beside.READ_MODEL_URL, { partitions: Number(env.TOPIC_PARTITIONS) });
  const two = await catchUp(beside, 2);
  const ofTwo = resultsOf(two, compared);
  for (const projector of two.projectors) await projector.stop();
  const one = await catchUp(env, 1);
  return { projector: one.projectors[0]!, results: [...resultsOf(one, compared), ...ofTwo], perSecond: one.perSecond };
}

function resultsOf({ projectors, waiting, perSecond }: Caught, { raw, sink }: Compared): Result[] {
  const count = projectors.length;
  const called = count === 1 ? 'one projector' : `${count} projectors`;
  const peak = Math.max(...projectors.map(({ pid }) => peakMemory(pid))) / 1e6;
  const cpu = projectors.map(({ pid }) => cpuSeconds(pid) ?? Number.NaN).reduce((sum, seconds) => sum + seconds);
  const cpuMicrosecondsPerEvent = (cpu / waiting) * 1e6;
  const peer = sink?.[count - 1];
  return [
    {
      measure: 'b',
      what: `${called} on ${whole(waiting)} sealed events waiting`,
      result: `${whole(perSecond)} events/s (${whole(cpuMicrosecondsPerEvent)} µs of a core an event)`,
      target: '',
      numbers: { processes: count, perSecond, events: waiting, cpuMicrosecondsPerEvent },
    },
    ...(raw ? [ratio(`  ${called}, of the raw limit`, perSecond / raw, '(a)', OF_RAW)] : []),
    ...(peer ? [ratio(`  ${called}, of the sink with as many tasks`, perSecond / peer, '(f)', OF_SINK)] : []),
    {
      measure: 'b',
      what: `  ${called}, peak memory of each`,
      result: `${whole(peak)} MB`,
      target: `< ${MEGABYTES} MB`,
      met: peak < MEGABYTES,
      numbers: { processes: count, peakMegabytes: peak },
    },
  ];
}

const ratio = (what: string, of: number, whose: string, target: number): Result => ({
  measure: 'b',
  what,
  result: `${of.toFixed(2)} of ${whose}`,
  target: `${target} of ${whose}`,
  met: of >= target,
  numbers: { ratio: of },
});
