import type { SpawnedApp } from '../support/spawned-app.js';
import { type MeasuredBuild, measureBuild } from './rebuild.js';
import { type Result, whole } from './result.js';
import { sendQueues } from './send-queues.js';
import { townQueues } from './town-requests.js';

const BATCH = 500;
const AT_ONCE = 4;
const TIMES = [1, 10 / 3, 10];
/** An event of the largest log may cost so many times what one of the smallest does: a curve that bends upwards costs more with every size. */
const STRAIGHT = 1.2;

/** (curve) A rebuild of a log that grows tenfold: time and memory at each size. @param events in the smallest */
export async function measureCurve(env: Record<string, string>, ingest: SpawnedApp, events: number): Promise<Result[]> {
  const built: MeasuredBuild[] = [];
  let town = 0;
  let sent = 0;
  for (const times of TIMES) {
    for (; sent < Math.round(events * times); town += 1) {
      const queues = townQueues(town, Math.round(events * times) - sent, BATCH);
      sent += (await sendQueues(ingest.url, queues, AT_ONCE)).events;
    }
    built.push(await measureBuild(env));
  }
  return built.map((build) => lineOf(build, built[0]!));
}

function lineOf(build: MeasuredBuild, smallest: MeasuredBuild): Result {
  const { events, seconds, cpuMicrosecondsPerEvent, peakMegabytes } = build;
  const ratio = seconds / events / (smallest.seconds / smallest.events);
  const result = `${seconds.toFixed(1)} s, ${whole(events / seconds)} events/s (${whole(cpuMicrosecondsPerEvent)} µs of a core an event), peak ${whole(peakMegabytes)} MB`;
  const line = { measure: 'curve' as const, what: `rebuild of ${whole(events)} events`, numbers: { ...build, ratio } };
  if (build === smallest) return { ...line, result, target: '' };
  return {
    ...line,
    result: `${result}; ${ratio.toFixed(2)} times the smallest's time an event`,
    target: `< ${STRAIGHT} times`,
    met: ratio < STRAIGHT,
  };
}
