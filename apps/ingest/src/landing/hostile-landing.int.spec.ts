import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { appEnv, SOURCES } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { HOSTILE, MARK } from '../../../../test/support/hostile.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import { EVENT_TYPES, InvolvementOpened, topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, LandingCodec, LogProducer, SchemaStore, topicPlan } from '#lib/kafka';
import { describeError, type Running } from '#lib/runtime';
import { startIngest } from '../start.js';

let env: Record<string, string>;
let producer: LogProducer;
let codec: LandingCodec;
let ingest: Running;
const logged: string[] = [];
beforeAll(async () => {
  env = await appEnv({ LANDING: 'on' });
  const kafka = connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'a-source' });
  const landing = topicPlan(topicsOf(env.TOPIC_PREFIX), SOURCES, 1).filter(({ name }) => name.includes('landing'));
  await ensureTopics(kafka, landing);
  producer = await LogProducer.open(kafka);
  codec = await LandingCodec.open({
    registryUrl: env.REGISTRY_URL!,
    cacheDir: env.CACHE_DIR!,
    schemas: SchemaStore.open(),
    types: EVENT_TYPES,
  });
  const logger = pino({ level: 'trace', serializers: { err: describeError } }, { write: (line) => void logged.push(line) });
  ingest = await startIngest(env, logger);
});
afterAll(async () => {
  await ingest?.stop();
  await producer?.close();
});

const good = (recordId: string = randomUUID()) =>
  InvolvementOpened.parse({
    type: 'InvolvementOpened',
    source: 'synergy',
    recordId,
    sourceVersion: { epoch: 0, position: 1 },
    occurredAt: '2026-03-01T09:00:00Z',
    involvementId: 'i-1',
    service: 'school',
  });
const FIELDS = ['recordId', 'involvementId', 'service', 'openedOn', 'organisation', 'team', 'teamPhone'];

it('A landing topic full of hostile texts and noise loses nothing: each message is published or refused, none is logged, and the next is read', async () => {
  // Avro takes any text: what a source writes there was checked by nobody.
  const hostile = FIELDS.flatMap((field) => HOSTILE.map((text) => codec.encode({ ...good(), [field]: text })));
  const whole = codec.encode(good());
  const noise = [Buffer.alloc(0), Buffer.from(MARK), randomBytes(5_000), whole.subarray(0, 20), Buffer.concat([whole, Buffer.from(MARK)])];
  const last = good();
  const values = [...hostile, ...noise, codec.encode(last)];
  await producer.send(
    topicsOf(env.TOPIC_PREFIX).landing('synergy'),
    values.map((value) => ({ key: 'a record', value })),
  );
  await eventually(
    'the last one',
    async () => (await loggedEvents(env)).some(({ event }) => 'recordId' in event && event.recordId === last.recordId),
    {
      within: 30_000,
    },
  );
  const metrics = await (await fetch(`${ingest.url}/metrics`)).text();
  const counts = [...metrics.matchAll(/ingest_events_total\{source="synergy",outcome="(?:accepted|rejected)"[^}]*\} (\d+)/g)];
  expect(counts.map(([, count]) => Number(count)).reduce((sum, count) => sum + count)).toBe(values.length);
  expect(counts).toHaveLength(2);
  expect(logged.join('') + metrics).not.toContain(MARK);
});
