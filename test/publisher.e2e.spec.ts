/** The examples of libs/publisher/README.md, run as they stand there: against ingest, Kafka, and a source's own PostgreSQL. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { EVENT_TYPES, topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, type Kafka, LandingCodec, SchemaStore, topicPlan } from '#lib/kafka';
import {
  addToOutbox,
  clientCredentials,
  closeInvolvement,
  httpPublisher,
  kafkaPublisher,
  openInvolvement,
  OUTBOX_TABLE,
  recordPerson,
  sendOutbox,
} from '#lib/publisher';
import type { Running } from '#lib/runtime';
import { startIngest } from '../apps/ingest/src/start.js';
import { testSecretOf } from '../deploy/local/test-directory.js';
import { appEnv, SOURCES } from './support/app-env.js';
import { eventually } from './support/eventually.js';
import { freshDatabase } from './support/fresh.js';
import { loggedEvents } from './support/open-envelopes.js';

let env: Record<string, string>;
let ingest: Running;
let kafka_: Kafka;
let client: Client;
let sending: Client;
beforeAll(async () => {
  env = await appEnv({ LANDING: 'on' });
  kafka_ = connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'a-source' });
  await ensureTopics(
    kafka_,
    topicPlan(topicsOf(env.TOPIC_PREFIX), SOURCES, 1).filter(({ name }) => name.includes('landing')),
  );
  ingest = await startIngest(env);
  const connectionString = await freshDatabase('source');
  [client, sending] = [new Client({ connectionString }), new Client({ connectionString })];
  await Promise.all([client.connect(), sending.connect()]);
  await client.query(`${OUTBOX_TABLE}; CREATE TABLE enrolment (id int, ended_on text); INSERT INTO enrolment VALUES (2)`);
});
afterAll(async () => {
  await ingest?.stop();
  await Promise.all([client?.end(), sending?.end()]);
});

const said = { recordId: 'P-1', sourceVersion: { epoch: 0, position: 7 }, occurredAt: '2026-09-01T10:00:00Z' };
const person = recordPerson({ ...said, names: [{ family: 'Li', given: ['Zoë'] }] });
const over = () => ({ url: ingest.url, issuer: env.OIDC_ISSUER!, secret: testSecretOf('insight') });
const httpOf = ({ url, issuer, secret }: ReturnType<typeof over>) =>
  httpPublisher({ url, source: 'insight', token: clientCredentials({ issuer, client: 'insight', secret, scope: 'ingest:insight' }) });
const logged = async () => (await loggedEvents(env)).map(({ event }) => event);

describe('The examples for source teams', () => {
  it('publish over HTTP', async () => {
    const { url, issuer, secret } = over();
    // README: HTTP
    const publisher = httpPublisher({
      url,
      source: 'insight',
      token: clientCredentials({ issuer, client: 'insight', secret, scope: 'ingest:insight' }),
    });
    const person = recordPerson({ ...said, names: [{ family: 'Li', given: ['Zoë'] }] });
    const adviser = openInvolvement({ ...said, involvementId: 'E-1', service: 'not-in-education', openedOn: '2026-09-01' });
    const { results } = await publisher.publish([person, adviser]);
    const refused = results.filter(({ status }) => status === 'rejected');
    // README: end
    expect([results.length, refused]).toEqual([2, []]);
    expect((await logged()).map(({ type }) => type).sort()).toEqual(['InvolvementOpened', 'PersonRecorded']);
  });

  it('write to the landing topic over Kafka, and are published from there', async () => {
    const producer = kafka_.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const codec = await LandingCodec.open({
      registryUrl: env.REGISTRY_URL!,
      cacheDir: env.CACHE_DIR!,
      schemas: SchemaStore.open(),
      types: EVENT_TYPES,
    });
    const [encode, topic] = [codec.encode.bind(codec), topicsOf(env.TOPIC_PREFIX).landing('insight')];
    // README: Kafka
    const kafka = kafkaPublisher({ source: 'insight', producer, encode, topic });
    await kafka.publish([person, closeInvolvement({ ...said, involvementId: 'E-2', closedOn: '2026-09-30' })]);
    // README: end
    await eventually('the event', async () => (await logged()).some(({ type }) => type === 'InvolvementClosed'), { within: 20_000 });
    await producer.disconnect();
  });

  it('send what stands in the outbox, once it is true', async () => {
    const publisher = httpOf(over());
    // README: outbox
    await client.query('BEGIN');
    await client.query("UPDATE enrolment SET ended_on = '2026-09-30' WHERE id = 2");
    await addToOutbox(client, [closeInvolvement({ ...said, involvementId: 'E-2', closedOn: '2026-09-30' })]);
    await client.query('COMMIT');
    const sent = await sendOutbox(sending, publisher);
    // README: end
    expect(sent).toEqual({ accepted: 1, refused: 0 });
    expect(await sendOutbox(sending, publisher)).toEqual({ accepted: 0, refused: 0 });
  });

  it('keep what is refused in the outbox with its problems, and send what stands behind it', async () => {
    const other = { ...said, recordId: 'P-9', service: 'police' as const };
    await addToOutbox(client, [openInvolvement({ ...other, involvementId: 'E-9' }), person]);
    expect(await sendOutbox(sending, httpOf(over()))).toEqual({ accepted: 1, refused: 1 });
    const { rows } = await client.query('SELECT refused FROM involvement_outbox');
    expect(rows).toMatchObject([{ refused: [{ pointer: '/service', rule: 'service-of-source' }] }]);
  });

  it('lose nothing of the outbox where the index can’t be reached', async () => {
    await addToOutbox(client, [person]);
    const away = httpPublisher({ url: 'http://127.0.0.1:9', source: 'insight', token: async () => 'none', patience: 0 });
    await expect(sendOutbox(sending, away)).rejects.toMatchObject({ code: 'index-unavailable' });
    expect(await sendOutbox(sending, httpOf(over()))).toEqual({ accepted: 1, refused: 0 });
  });

  it('stand in the guide as they are run here', () => {
    const squeezed = (text: string) => text.replaceAll(/\s+/g, '').replaceAll(/,([)}\]])/g, '$1');
    const run = [...readFileSync('test/publisher.e2e.spec.ts', 'utf8').matchAll(/\/\/ README: (?!end)\w+\n([^]*?)\/\/ README: end/g)];
    const examples = [...readFileSync('libs/publisher/README.md', 'utf8').matchAll(/```ts\n([^`]+)```/g)].map(([, text]) =>
      squeezed(text!),
    );
    expect(examples).toEqual(run.map(([, part]) => squeezed(part!)));
    expect(examples.length).toBe(3);
  });
});
