import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { EVENT_TYPES, type InvolvementEvent, PersonRecorded, type SourceEventInput, topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, type Kafka, LandingCodec, LogCodec, logEnds, LogProducer, SchemaStore, topicPlan } from '#lib/kafka';
import { checkEvent } from '../../apps/ingest/src/check/check-event.js';
import { niche } from '../../apps/ingest/src/sources/niche.js';
import { makeTown, NORTHBRIDGE_FAMILIES } from '../../apps/demo/src/town.js';
import { SpawnedApp } from '../support/spawned-app.js';
import { peakMemory } from './peak-memory.js';
import { percentilesOf } from './percentiles.js';
import { ms, type Result, whole } from './result.js';
import { today } from './town-requests.js';

const FLOODS = 'niche';
const BROKEN = 'synergy';
const QUIET = 'cis';
const EVERY_MS = 100;
const TARGET_P99_MS = 1_000;

/** (landing) Events that wait in a source's own topic until all are in the log; and how long another source's take while that one floods and a third writes what nobody can read. */
export async function measureLanding(env: Record<string, string>, events: number): Promise<Result[]> {
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'sources' });
  const topics = topicsOf(env.TOPIC_PREFIX);
  const landing = topicPlan(topics, [FLOODS, BROKEN, QUIET], 1).filter(({ name }) => name.includes('landing'));
  await ensureTopics(kafka, landing);
  const producer = await LogProducer.open(kafka);
  const [registryUrl, cacheDir] = [env.REGISTRY_URL!, env.CACHE_DIR!];
  const codec = await LandingCodec.open({ registryUrl, cacheDir, schemas: SchemaStore.open(), types: EVENT_TYPES });
  const land = (source: string, values: readonly Buffer[]) =>
    producer.send(topics.landing(source), values.map((value) => ({ key: 'a record', value }))); // prettier-ignore
  const inLog = async () => (await logEnds(kafka, topics.involvementLog)).reduce((sum, { offset }) => sum + offset, 0);
  const waiting = historyOf(events).map((event) => codec.encode(event));
  for (let at = 0; at < waiting.length; at += 1_000) await land(FLOODS, waiting.slice(at, at + 1_000));

  const begun = performance.now();
  const ingest = await SpawnedApp.start('ingest', { ...env, LANDING: 'on' });
  try {
    while ((await inLog()) < waiting.length) await wait(20);
    const perSecond = waiting.length / ((performance.now() - begun) / 1000);
    const peak = peakMemory(ingest.pid) / 1e6;
    const seen = await Seen.open(kafka, topics.involvementLog, await LogCodec.open({ registryUrl, cacheDir }));
    const flooded = historyOf(events, 2).map((event) => codec.encode(event));
    const flooding = (async () => {
      for (let at = 0; at < flooded.length; at += 1_000) {
        await land(FLOODS, flooded.slice(at, at + 1_000));
        await land(
          BROKEN,
          Array.from({ length: 10 }, () => Buffer.from('{"type":"InvolvementOpened"}')),
        );
      }
    })();
    const delays = await beside(seen, (said) => land(QUIET, [codec.encode(said)]), async () => (await inLog()) < 2 * waiting.length); // prettier-ignore
    await flooding;
    await seen.close();
    const { p50, p99, max } = percentilesOf(delays);
    return [
      {
        measure: 'landing',
        what: `${whole(waiting.length)} events waiting in a landing topic: from the start of ingest until all are in the log`,
        result: `${whole(perSecond)} events/s (peak ${whole(peak)} MB)`,
        target: '',
        numbers: { perSecond, events: waiting.length, peakMegabytes: peak },
      },
      {
        measure: 'landing',
        what: `another source's events, while that one floods and a third is broken: written until in the log (${delays.length} looked for)`,
        result: `p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}`,
        target: `p99 < ${whole(TARGET_P99_MS)} ms`,
        met: p99 < TARGET_P99_MS,
        numbers: { p50, p99, max, lookedFor: delays.length },
      },
    ];
  } finally {
    await ingest.stop();
    await producer.close();
  }
}

/** So many events of the police, in whole towns beside each other. @param epoch another one makes them news */
function historyOf(events: number, epoch = 1): InvolvementEvent[] {
  const sent: SourceEventInput[] = [];
  for (let town = 0; sent.length < events; town += 1)
    sent.push(...makeTown({ seed: 'northbridge', today: today(), firstFamily: town * NORTHBRIDGE_FAMILIES }).history.get(FLOODS)!);
  return sent.slice(0, events).map((event) => {
    const { event: checked } = checkEvent({ ...event, sourceVersion: { ...event.sourceVersion, epoch } }, niche, Date.now());
    if (!checked) throw new Error(`an event of the made-up town breaks the contract: ${event.type}`);
    return { ...checked, eventId: '' };
  });
}

/** Says something every tenth of a second for as long as the flood lasts. @returns milliseconds until each was in the log */
async function beside(seen: Seen, say: (said: PersonRecorded) => Promise<unknown>, lasts: () => Promise<boolean>): Promise<number[]> {
  const delays: Promise<number>[] = [];
  for (let position = 1; await lasts(); position += 1) {
    const tick = wait(EVERY_MS);
    const said = PersonRecorded.parse({
      type: 'PersonRecorded',
      source: QUIET,
      recordId: randomUUID(),
      sourceVersion: { epoch: 1, position },
      occurredAt: '2026-03-01T09:00:00Z',
      names: [{ family: 'Bench', given: ['Ash'] }],
    });
    const from = performance.now();
    delays.push(seen.position(position).then((at) => at - from));
    await say(said);
    await tick;
  }
  return Promise.all(delays);
}

/** Follows the log, and tells when an event of the quiet source came. */
class Seen {
  private readonly waiting = new Map<number, (at: number) => void>();

  private constructor(private readonly consumer: ReturnType<Kafka['consumer']>) {}

  static async open(kafka: Kafka, topic: string, codec: LogCodec): Promise<Seen> {
    const consumer = kafka.consumer({ groupId: `bench-${randomUUID()}`, maxWaitTimeInMs: 10 });
    const seen = new Seen(consumer);
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: false });
    const joined = new Promise<void>((resolve) => void consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { messages } }) => {
        const at = performance.now();
        await codec.prepare(messages.map(({ value }) => value!));
        for (const { value } of messages) {
          const { source, sourceVersion } = codec.decodeEnvelope(value!);
          if (source === QUIET) seen.waiting.get(sourceVersion.position)?.(at);
        }
      },
    });
    await joined;
    return seen;
  }

  position(position: number): Promise<number> {
    return new Promise((resolve) => this.waiting.set(position, resolve));
  }

  close(): Promise<void> {
    return this.consumer.disconnect();
  }
}
