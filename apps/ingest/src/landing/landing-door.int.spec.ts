import { randomUUID } from 'node:crypto';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import { postEvents } from '../../../../test/support/post-events.js';
import { readLog } from '../../../../test/support/read-log.js';
import { EVENT_TYPES, InvolvementOpened, topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, type Kafka, LandingCodec, LogCodec, LogProducer, SchemaStore, topicPlan } from '#lib/kafka';
import type { Running } from '#lib/runtime';
import { startIngest } from '../start.js';

const SOURCES = ['mosaic', 'synergy', 'cis', 'northbridge-homes', 'niche', 'childview', 'insight', 'cluster-lists'];
let env: Record<string, string>;
let topics: ReturnType<typeof topicsOf>;
let kafka: Kafka;
let producer: LogProducer;
let codec: LandingCodec;
let ingest: Running;
beforeAll(async () => {
  env = await appEnv({ LANDING: 'on' });
  topics = topicsOf(env.TOPIC_PREFIX);
  kafka = connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'a-source' });
  const landing = topicPlan(topics, SOURCES, 1).filter(({ name }) => name.includes('landing'));
  await ensureTopics(kafka, landing);
  producer = await LogProducer.open(kafka);
  codec = await LandingCodec.open({
    registryUrl: env.REGISTRY_URL!,
    cacheDir: env.CACHE_DIR!,
    schemas: SchemaStore.open(),
    types: EVENT_TYPES,
  });
  ingest = await startIngest(env);
});
afterAll(async () => {
  await ingest?.stop();
  await producer?.close();
});

const opened = (source: string, more: object = {}) =>
  InvolvementOpened.parse({
    type: 'InvolvementOpened',
    source,
    recordId: randomUUID(),
    sourceVersion: { epoch: 0, position: 1 },
    occurredAt: '2026-03-01T09:00:00Z',
    involvementId: 'i-1',
    service: 'school',
    ...more,
  });
const land = async (source: string, ...values: Buffer[]) =>
  producer.send(
    topics.landing(source),
    values.map((value) => ({ key: 'a record', value })),
  );
const logged = async (recordId: string) =>
  (await loggedEvents(env)).map(({ event }) => event).filter((event) => 'recordId' in event && event.recordId === recordId);
async function refusals(source: string) {
  const log = await LogCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR! });
  const messages = await readLog(env.KAFKA_BROKERS!, topics.rejections);
  await log.prepare(messages.map(({ value }) => value));
  return messages.map(({ value }) => log.decodeRejection(value)).filter((one) => one.source === source);
}

describe('What a source writes to its landing topic', () => {
  it('is documented beside what it sends over HTTP', async () => {
    const { channels } = (await (await fetch(`${ingest.url}/asyncapi.json`)).json()) as { channels: { landing: { address: string } } };
    expect(channels.landing.address).toBe(topics.landing('{source}'));
  });

  it('is published as the same event over HTTP would be: with the same id', async () => {
    const event = opened('synergy', { practitioner: { name: 'Sam Reid' } });
    await land('synergy', codec.encode(event));
    const [found] = await eventually('the event', async () => (await logged(event.recordId)).length > 0 && logged(event.recordId));
    const { source: _, ...asJson } = { ...event, occurredAt: '2026-03-01T09:00:00Z' };
    const results = await postEvents(ingest.url, 'synergy', [asJson]);
    expect(results[0]).toMatchObject({ status: 'accepted', eventId: found!.eventId });
    expect(found).toMatchObject({ source: 'synergy', practitioner: { name: 'Sam Reid' } });
  });

  it('is refused alone where it breaks a rule or can’t be read, by source, field and rule and never by value', async () => {
    const good = opened('synergy');
    const other = opened('mosaic', { service: 'school' });
    const wrong = opened('synergy', { service: 'police', recordId: 'TELLING-1' });
    await land('synergy', codec.encode(wrong), Buffer.from('{"type":"InvolvementOpened"}'), codec.encode(other), codec.encode(good));
    await eventually('the good one', async () => (await logged(good.recordId)).length > 0);
    const found = await eventually('the refusals', async () => {
      const said = await refusals('synergy');
      return said.length >= 3 && said;
    });
    expect(found.map(({ rule, pointer }) => [rule, pointer])).toEqual(
      expect.arrayContaining([
        ['service-of-source', '/service'],
        ['avro-readable', ''],
        ['source-in-address', '/source'],
      ]),
    );
    for (const { fix } of found) expect(fix).toMatch(/ Found at offset \d+ of partition 0 of your topic\.$/);
    expect(JSON.stringify(found)).not.toContain('TELLING');
    expect(await logged(other.recordId)).toEqual([]);
  });

  it('is taken up again where it was left, and nothing has a second effect', async () => {
    const before = opened('niche', { service: 'police' });
    await land('niche', codec.encode(before));
    await eventually('the first', async () => (await logged(before.recordId)).length > 0);
    await ingest.stop();
    const meanwhile = opened('niche', { service: 'police' });
    await land('niche', codec.encode(meanwhile));
    ingest = await startIngest(env);
    await eventually('what was written meanwhile', async () => (await logged(meanwhile.recordId)).length > 0);
    expect(new Set((await logged(before.recordId)).map(({ eventId }) => eventId)).size).toBe(1);
  });

  it('is read no further where the broker has forgotten how far it was read, until an operator says where to begin', async () => {
    const [source, groupId] = ['childview', `${topics.landingGroups}childview`];
    const say = async () => {
      const said = { type: 'SourceChecked', sourceVersion: { epoch: 0, position: 1 }, occurredAt: '2026-03-01T09:00:00Z' };
      const [outcome] = await postEvents(ingest.url, source, [{ ...said, service: 'youth-offending', completeTo: said.occurredAt }]);
      return outcome?.status === 'rejected' ? outcome.problems[0]!.fix : outcome?.status;
    };
    const read = opened(source, { service: 'youth-offending' });
    await land(source, codec.encode(read));
    await eventually('the first', async () => (await logged(read.recordId)).length > 0);
    await ingest.stop();
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteGroups([groupId]);
    await admin.deleteTopicRecords({ topic: topics.landing(source), partitions: [{ partition: 0, offset: '1' }] });
    ingest = await startIngest(env);
    await eventually('the halt', async () =>
      /ingest_landing_stopped\{source="childview",[^}]*\} 1/.test(await (await fetch(`${ingest.url}/metrics`)).text()),
    );
    await eventually('“we looked” is refused', async () => /no further \(place-lost\)/.test(String(await say())));
    await ingest.stop();
    await admin.setOffsets({ groupId, topic: topics.landing(source), partitions: [{ partition: 0, offset: '1' }] });
    await admin.disconnect();
    ingest = await startIngest(env);
    await eventually('“we looked” is taken again', async () => (await say()) === 'accepted');
  });

  it('of one source goes on while another’s topic is gone', async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topics.landing('cis')] });
    await admin.disconnect();
    const event = opened('synergy');
    await land('synergy', codec.encode(event));
    await eventually('the event of the other source', async () => (await logged(event.recordId)).length > 0);
  });
});
