import { makeTown } from '../../apps/demo/src/town.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import { peakMemory } from './peak-memory.js';
import { percentilesOf } from './percentiles.js';
import { ms, type Result, whole } from './result.js';
import { sendQueues } from './send-queues.js';
import { checksOf, today, townRequests } from './town-requests.js';

const BATCH = 500;
const AT_ONCE = 4;
const TARGET = 5000;

/** (e) The towns' history through the HTTP door; afterwards it waits in the log, sealed, for the others. */
export async function measureIngest(ingest: SpawnedApp, events: number): Promise<Result> {
  const queues = townRequests(events, BATCH);
  const sent = await sendQueues(ingest.url, queues, AT_ONCE);
  const perSecond = sent.events / sent.seconds;
  const { p50, p99 } = percentilesOf(sent.milliseconds);
  const peak = peakMemory(ingest.pid) / 1e6;
  await sendQueues(ingest.url, checksOf(makeTown({ seed: 'northbridge', today: today() })), AT_ONCE);
  return {
    measure: 'e',
    what: `ingest over HTTP, ${whole(sent.events)} events in batches of ${BATCH}, ${AT_ONCE} senders`,
    result: `${whole(perSecond)} events/s (a batch: p50 ${ms(p50)}, p99 ${ms(p99)}; peak ${whole(peak)} MB)`,
    target: `${whole(TARGET)}/s`,
    met: perSecond >= TARGET,
    numbers: { perSecond, events: sent.events, batchP50: p50, batchP99: p99, peakMegabytes: peak },
  };
}
