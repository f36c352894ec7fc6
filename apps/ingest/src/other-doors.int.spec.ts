import { randomUUID } from 'node:crypto';
import { appEnv } from '../../../test/support/app-env.js';
import { Connector } from '../../../test/support/captured.js';
import { openIngest, type OpenIngest } from '../../../test/support/open-ingest.js';
import { topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, type LogMessage, LogProducer, topicPlan } from '#lib/kafka';
import { PublishEvents } from './publish-events.command.js';
import { cis } from './sources/cis.js';
import { mosaic } from './sources/mosaic.js';
import type { Door, Source } from './sources/source.js';

let ingest: OpenIngest;
let env: Record<string, string>;
let take: (...messages: LogMessage[]) => Promise<void>;
const connector = new Connector(mosaic, () => Date.now());
beforeEach(async () => {
  env = await appEnv();
  ingest = await openIngest(env);
  const changes = ingest.capture(mosaic);
  take = (...messages) => changes.take(messages, async () => undefined);
});
afterEach(() => ingest?.close());

const person = () => ({ PERSON_ID: randomUUID(), LAST_NAME: 'Ashdown', FIRST_NAMES: 'Freya', DELETED: 'N' });
async function saying(door: Door, source: Source = mosaic, dryRun = false, completeTo = new Date()): Promise<string> {
  const event = {
    type: 'SourceChecked',
    sourceVersion: { epoch: 1, position: Date.now() * 1000 },
    occurredAt: new Date().toISOString(),
    service: source.services[0],
    completeTo: completeTo.toISOString(),
  };
  const { results } = await ingest.commands.execute(new PublishEvents(source, [{ event, findings: [] }], { door, dryRun }));
  const [said] = results;
  return said?.status === 'rejected' ? said.problems.map(({ rule, fix }) => `${rule}: ${fix}`).join() : String(said?.status);
}

describe('“We looked”, said by one door', () => {
  it('is taken while the source’s changes come, and where none have ever come', async () => {
    expect(await saying('http')).toBe('accepted');
    await take(connector.insert('people', person()), connector.beat());
    expect(await saying('http')).toBe('accepted');
  });

  it('is refused while another is read no further, with what to do; that door vouches for itself, and other sources for themselves', async () => {
    await ingest.doors.halted('mosaic', 'cdc', 'source-truncated');
    expect(await saying('http')).toMatch(/^other-doors-read: The changes captured in your tables are read no further \(source-truncated\)/);
    expect(await saying('http', mosaic, true)).toMatch(/^other-doors-read/);
    expect(await saying('kafka')).toMatch(/^other-doors-read/);
    expect(await saying('cdc')).toBe('accepted');
    expect(await saying('http', cis)).toBe('accepted');
    await ingest.doors.reads('mosaic', 'cdc');
    await ingest.doors.halted('mosaic', 'kafka', 'log-truncated');
    expect(await saying('http')).toMatch(/Your landing topic is read no further \(log-truncated\)/);
    expect(await saying('kafka')).toBe('accepted');
    await ingest.doors.reads('mosaic', 'kafka');
    expect(await saying('http')).toBe('accepted');
  });

  it('is refused from the first row of a snapshot until what it no longer holds was taken back', async () => {
    const rows = Array.from({ length: 4 }, () => ['people', person()] as const);
    await take(...connector.snapshot(rows));
    expect(await saying('http')).toMatch(/being read once more/);
    await take(connector.beat());
    expect(await saying('http')).toBe('accepted');
    await take(...connector.snapshot(rows.slice(0, 1)), connector.beat());
    expect(await saying('http')).toMatch(/a person has to decide/);
  });

  it('is refused while the connector is silent, or a captured row stands refused', async () => {
    await take(connector.beat(new Date(Date.now() - 180_000)));
    expect(await saying('http')).toMatch(/see that it runs/);
    const minuteAgo = new Date(Date.now() - 60_000);
    await take(connector.beat(minuteAgo));
    expect(await saying('http')).toMatch(/not been captured up to then yet\. Say this again, with the same completeTo/);
    expect(await saying('http', mosaic, false, minuteAgo)).toBe('accepted');
    await take(connector.insert('people', { ...person(), DELETED: 'perhaps' }), connector.beat());
    expect(await saying('http')).toMatch(/on your source’s page/);
  });

  it('is refused while what the source wrote to its landing topic before then is not read, though it is read further', async () => {
    const topics = topicsOf(env.TOPIC_PREFIX);
    const [topic, group] = [topics.landing('mosaic'), `${topics.landingGroups}mosaic`];
    const kafka = connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'a-source' });
    await ensureTopics(
      kafka,
      topicPlan(topics, ['mosaic'], 1).filter(({ name }) => name === topic),
    );
    const producer = await LogProducer.open(kafka);
    const admin = kafka.admin();
    await admin.connect();
    try {
      expect(await saying('http')).toBe('accepted');
      const before = new Date(Date.now() - 60_000);
      await producer.send(
        topic,
        [1, 2, 3].map((n) => ({ key: 'a record', value: Buffer.from([n]) })),
      );
      const soon = () => new Date(Date.now() + 1_000);
      expect(await saying('http', mosaic, false, soon())).toMatch(/^other-doors-read: 3 of the messages .* before then are not read yet/);
      expect(await saying('csv', mosaic, false, soon())).toMatch(/^other-doors-read/);
      // Of the time before it says nothing; a topic's own door vouches for itself, and other sources have topics of their own.
      expect(await saying('http', mosaic, false, before)).toBe('accepted');
      expect(await saying('kafka', mosaic, false, soon())).toBe('accepted');
      expect(await saying('http', cis, false, soon())).toBe('accepted');
      await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: '2' }] });
      expect(await saying('http', mosaic, false, soon())).toMatch(/^other-doors-read: 1 of the messages/);
      await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: '3' }] });
      expect(await saying('http', mosaic, false, soon())).toBe('accepted');
    } finally {
      await admin.disconnect();
      await producer.close();
    }
  });
});
