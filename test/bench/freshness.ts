import { setTimeout as wait } from 'node:timers/promises';
import { type EventToPublish, httpPublisher, type Publisher } from '#lib/publisher';
import { SOURCES } from '../support/app-env.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import { asMachine, sayWhyAsMachine, tokensOf } from '../support/tokens.js';
import { liveRequests } from './live-requests.js';
import { type OpenInvolvement, openInvolvements } from './people-to-read.js';
import { percentilesOf } from './percentiles.js';
import { ms, type Result, whole } from './result.js';

const PER_SECOND = 500;
const TICK_MS = 100;
const TICKS_PER_SECOND = 1000 / TICK_MS;
/** Of the events of a tick one is looked for; the others keep the system as busy. */
const OTHERS_PER_TICK = PER_SECOND / TICKS_PER_SECOND - 1;
const WARM_UP_TICKS = 5 * TICKS_PER_SECOND;
const LOOK_EVERY_MS = 10;
const GIVEN_UP_MS = 30_000;
const [TARGET_P50_MS, TARGET_P99_MS] = [100, 500];

interface Measured {
  acknowledged: number[];
  fresh: number[];
}

/** (c) From "acknowledged" at the source's door to readable through REST, while 500 events come in every second. */
export async function measureFreshness(
  env: Record<string, string>,
  ingest: SpawnedApp,
  query: SpawnedApp,
  seconds: number,
): Promise<Result> {
  const children = await openInvolvements(env, 500);
  for (const { person } of children) await sayWhyAsMachine(query.url, person);
  const ticks = liveRequests(WARM_UP_TICKS + seconds * TICKS_PER_SECOND, OTHERS_PER_TICK);
  const open = (source: string): Publisher => httpPublisher({ url: ingest.url, source, token: tokensOf(source) });
  const publishers = new Map(SOURCES.map((source) => [source, open(source)]));
  const ofLookedFor = open('mosaic');
  const begun = Date.now();
  const from = performance.now();
  const liveThrough = async (tick: number, measured: Measured): Promise<void> => {
    await wait(Math.max(0, from + tick * TICK_MS - performance.now()));
    const saying = [...ticks[tick]!].map(([source, events]) =>
      timed(measured.acknowledged, () => publish(publishers.get(source)!, events)),
    );
    const child = children[tick % children.length]!;
    await Promise.all([...saying, lookFor(ofLookedFor, query.url, child, `looked for ${begun} ${tick}`, measured.fresh)]);
  };
  const [warmUp, measured]: Measured[] = [emptyHanded(), emptyHanded()];
  await Promise.all(ticks.map((_, tick) => liveThrough(tick, tick < WARM_UP_TICKS ? warmUp! : measured!)));
  return resultOf(measured!, (ticks.length / TICKS_PER_SECOND / ((performance.now() - from) / 1000)) * PER_SECOND);
}

const emptyHanded = (): Measured => ({ acknowledged: [], fresh: [] });

function resultOf({ acknowledged, fresh }: Measured, perSecond: number): Result {
  const { p50, p99, max } = percentilesOf(fresh);
  const ack = percentilesOf(acknowledged);
  return {
    measure: 'c',
    what: `freshness at ${whole(perSecond)} events/s: acknowledged to readable through REST, ${fresh.length} looked for`,
    result: `p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)} (sent to acknowledged: p50 ${ms(ack.p50)}, p99 ${ms(ack.p99)})`,
    target: `p50 < ${TARGET_P50_MS} ms, p99 < ${TARGET_P99_MS} ms`,
    met: p50 < TARGET_P50_MS && p99 < TARGET_P99_MS,
    numbers: { p50, p99, max, perSecond, lookedFor: fresh.length, acknowledgedP50: ack.p50, acknowledgedP99: ack.p99 },
  };
}

async function timed(milliseconds: number[], act: () => Promise<void>): Promise<void> {
  const from = performance.now();
  await act();
  milliseconds.push(performance.now() - from);
}

async function publish(publisher: Publisher, events: EventToPublish[]): Promise<void> {
  const { results } = await publisher.publish(events);
  const rejected = results.find(({ status }) => status === 'rejected');
  if (rejected) throw new Error(`an event was refused: ${JSON.stringify(rejected)}`);
}

/** Gives a child's involvement to another team and reads the panel until it says so. */
async function lookFor(publisher: Publisher, query: string, child: OpenInvolvement, team: string, fresh: number[]): Promise<void> {
  const now = Date.now();
  const { recordId, involvementId, person } = child;
  const about = { recordId, involvementId, service: 'childrens-social-care', team } as const;
  const sourceVersion = { epoch: 1, position: now * 1000 + 900 };
  await publish(publisher, [{ type: 'InvolvementUpdated', ...about, sourceVersion, occurredAt: new Date(now).toISOString() }]);
  const from = performance.now();
  while (!(await panelSays(query, person, team))) {
    if (performance.now() - from > GIVEN_UP_MS) throw new Error(`an acknowledged event was not readable after ${GIVEN_UP_MS} ms`);
    await wait(LOOK_EVERY_MS);
  }
  fresh.push(performance.now() - from);
}

async function panelSays(query: string, person: string, team: string): Promise<boolean> {
  const headers = await asMachine();
  const response = await fetch(`${query}/v1/people/${person}/services/childrens-social-care`, { headers });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`the panel was answered ${response.status}: ${text.slice(0, 300)}`);
  return text.includes(`"${team}"`);
}
