/** The examples of the README, run to the letter: its text and this file are held together by the last test. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { startIngest } from '../../../apps/ingest/src/start.js';
import { testSecretOf } from '../../../deploy/local/test-directory.js';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { loggedEvents } from '../../../test/support/open-envelopes.js';
import { stack } from '../../../test/support/stack.js';
import { EVENT_TYPES, topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, LandingCodec, LogProducer, SchemaStore, topicPlan } from '#lib/kafka';
import type { Running } from '#lib/runtime';
import {
  checked,
  clientCredentials,
  emptyOutbox,
  httpPublisher,
  kafkaPublisher,
  openInvolvement,
  OUTBOX_TABLE,
  putInOutbox,
  recordPerson,
} from './index.js';

let env: Record<string, string>;
let ingest: Running;
let issuer: string;
const secret = testSecretOf('synergy');
const at = (position: number) => ({ sourceVersion: { epoch: 0, position }, occurredAt: '2026-03-01T09:00:00Z' });
beforeAll(async () => {
  env = await appEnv({ LANDING: 'on' });
  const landing = topicPlan(topicsOf(env.TOPIC_PREFIX), ['synergy'], 1).filter(({ name }) => name.includes('landing'));
  await ensureTopics(connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'synergy' }), landing);
  ingest = await startIngest(env);
  issuer = (await stack()).issuerUrl;
});
afterAll(() => ingest?.stop());

const inTheLog = (recordId: string) =>
  eventually(`${recordId} in the log`, async () =>
    (await loggedEvents(env)).some(({ event }) => 'recordId' in event && event.recordId === recordId),
  );
const http = () => {
  const url = ingest.url;
  // README: over HTTP
  const token = clientCredentials({ issuer, client: 'synergy', secret, scope: 'ingest:synergy' });
  const publisher = checked('synergy', httpPublisher({ url, source: 'synergy', token }));
  // README: end
  return publisher;
};

test('Over HTTP', async () => {
  const publisher = http();
  // README: say
  const { results } = await publisher.publish([
    recordPerson({ ...at(1), recordId: 'P-1', names: [{ family: 'O’Brien', given: ['Zoë'] }] }),
    openInvolvement({ ...at(1), recordId: 'P-1', involvementId: 'school-1', service: 'school', openedOn: '2026-03-01' }),
  ]);
  // README: end
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
});

test('Over Kafka', async () => {
  const producer = await LogProducer.open(connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'synergy' }));
  const registry = { registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR!, schemas: SchemaStore.open(), types: EVENT_TYPES };
  const codec = await LandingCodec.open(registry);
  const topic = topicsOf(env.TOPIC_PREFIX).landing('synergy');
  try {
    // README: over Kafka
    const encode = codec.encode.bind(codec);
    const publisher = kafkaPublisher({ source: 'synergy', topic, producer, encode });
    await publisher.publish([openInvolvement({ ...at(1), recordId: 'P-2', involvementId: 'school-2', service: 'school' })]);
    // README: end
    await inTheLog('P-2');
  } finally {
    await producer.close();
  }
});

test('Through an outbox', async () => {
  const pool = new pg.Pool({ connectionString: await freshDatabase('case-system') });
  await pool.query('CREATE TABLE pupil (id text PRIMARY KEY, on_roll boolean)');
  const client = await pool.connect();
  const publisher = http();
  try {
    // README: outbox
    await client.query(OUTBOX_TABLE); // once
    await client.query('BEGIN');
    await client.query('INSERT INTO pupil VALUES ($1, true)', ['P-3']);
    await putInOutbox(client, [openInvolvement({ ...at(1), recordId: 'P-3', involvementId: 'school-3', service: 'school' })]);
    await client.query('COMMIT');
    await emptyOutbox({ client, publisher }); // after each commit, and every few seconds
    // README: end
    // Where a transaction was open meanwhile anywhere on the server, it is published at a later turn.
    await eventually('P-3 published', async () => {
      await emptyOutbox({ client, publisher });
      return (await client.query('SELECT FROM involvement_outbox')).rowCount === 0;
    });
    await inTheLog('P-3');
  } finally {
    client.release();
    await pool.end();
  }
});

test('The README shows these examples to the letter', () => {
  const here = readFileSync('libs/publisher/src/examples.int.spec.ts', 'utf8');
  const examples = [...here.matchAll(/^( *)\/\/ README: (?!end)(.*)\n([\s\S]*?)\n *\/\/ README: end$/gm)];
  const readme = readFileSync('libs/publisher/README.md', 'utf8');
  const shown = [...readme.matchAll(/```ts\n([\s\S]*?)\n```/g)].map(([, code]) => code);
  expect(shown).toEqual(examples.map(([, indent, , code]) => code!.replaceAll(new RegExp(`^${indent}`, 'gm'), '')));
});
