import { setTimeout as wait } from 'node:timers/promises';
import type { SpawnedApp } from '../support/spawned-app.js';
import { liveRequests } from './live-requests.js';
import { type OpenInvolvement, openInvolvements } from './people-to-read.js';
import { percentilesOf } from './percentiles.js';
import { ms, type Result, whole } from './result.js';
import { send } from './send-queues.js';

const PER_SECOND = 500;
const TICK_MS = 100;
/** Of the 500, so many are looked for; the rest keep the system as busy. */
const LOOKED_FOR_PER_TICK = 1;
const LOOK_EVERY_MS = 10;
const GIVEN_UP_MS = 30_000;
const TARGET_P99_MS = 1000;

/** (c) From "acknowledged" at the source's door to readable through REST, while 500 events come in every second. */
export async function measureFreshness(
  env: Record<string, string>,
  ingest: SpawnedApp,
  query: SpawnedApp,
  seconds: number,
): Promise<Result> {
  const children = await openInvolvements(env, 500);
  const ticks = liveRequests((seconds * 1000) / TICK_MS, (PER_SECOND * TICK_MS) / 1000 - LOOKED_FOR_PER_TICK);
  const fresh: number[] = [];
  const acknowledged: number[] = [];
  const going: Promise<void>[] = [];
  const from = performance.now();
  for (const [tick, requests] of ticks.entries()) {
    await wait(Math.max(0, from + tick * TICK_MS - performance.now()));
    for (const { source, body } of requests) going.push(timed(acknowledged, () => send(ingest.url, source, body)));
    for (let i = 0; i < LOOKED_FOR_PER_TICK; i++)
      going.push(
        lookFor(ingest.url, query.url, children[(tick * LOOKED_FOR_PER_TICK + i) % children.length]!, `probe ${tick}.${i}`, fresh),
      );
  }
  const perSecond = (ticks.length * PER_SECOND * TICK_MS) / 1000 / ((performance.now() - from) / 1000);
  await Promise.all(going);
  const { p50, p99, max } = percentilesOf(fresh);
  const ack = percentilesOf(acknowledged);
  return {
    measure: 'c',
    what: `freshness at ${whole(perSecond)} events/s: acknowledged to readable through REST, ${fresh.length} looked for`,
    result: `p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)} (sent to acknowledged: p50 ${ms(ack.p50)}, p99 ${ms(ack.p99)})`,
    target: `p99 < ${whole(TARGET_P99_MS)} ms`,
    met: p99 < TARGET_P99_MS,
    numbers: { p50, p99, max, perSecond, lookedFor: fresh.length, acknowledgedP50: ack.p50, acknowledgedP99: ack.p99 },
  };
}

async function timed(milliseconds: number[], act: () => Promise<void>): Promise<void> {
  const from = performance.now();
  await act();
  milliseconds.push(performance.now() - from);
}

/** Gives a child's involvement to another team and reads the panel until it says so. */
async function lookFor(ingest: string, query: string, child: OpenInvolvement, team: string, fresh: number[]): Promise<void> {
  const now = Date.now();
  const { recordId, involvementId, person } = child;
  const about = { type: 'InvolvementUpdated', recordId, involvementId, service: 'childrens-social-care', team };
  const event = { ...about, sourceVersion: { epoch: 1, position: now * 1000 + 900 }, occurredAt: new Date(now).toISOString() };
  await send(ingest, 'mosaic', JSON.stringify({ events: [event] }));
  const from = performance.now();
  while (!(await panelSays(query, person, team))) {
    if (performance.now() - from > GIVEN_UP_MS) throw new Error(`an acknowledged event was not readable after ${GIVEN_UP_MS} ms`);
    await wait(LOOK_EVERY_MS);
  }
  fresh.push(performance.now() - from);
}

async function panelSays(query: string, person: string, team: string): Promise<boolean> {
  const headers = { authorization: 'Bearer development-amara.okafor' };
  const response = await fetch(`${query}/v1/people/${person}/services/childrens-social-care`, { headers });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`the panel was answered ${response.status}: ${text.slice(0, 300)}`);
  return text.includes(`"${team}"`);
}
