import { randomUUID } from 'node:crypto';
import { appEnv } from '../../../../test/support/app-env.js';
import { Connector } from '../../../../test/support/captured.js';
import { eventually } from '../../../../test/support/eventually.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import { postEvents } from '../../../../test/support/post-events.js';
import { topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, type LogMessage, LogProducer, topicPlan } from '#lib/kafka';
import type { Running } from '#lib/runtime';
import { mosaic } from '../sources/mosaic.js';
import { synergy } from '../sources/synergy.js';
import { rememberSource } from '../source-tools/remember-source.js';
import { startIngest } from '../start.js';

let env: Record<string, string>;
let producer: LogProducer;
let ingest: Running;
beforeAll(async () => {
  env = await appEnv({ CAPTURE: 'on' });
  const kafka = connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'connectors' });
  await ensureTopics(
    kafka,
    topicPlan(topicsOf(env.TOPIC_PREFIX), ['mosaic', 'synergy'], 4).filter(({ name }) => name.includes('cdc.')),
  );
  producer = await LogProducer.open(kafka);
  ingest = await startIngest(env);
});
afterAll(async () => {
  await ingest?.stop();
  await producer?.close();
});

const [ofMosaic, ofSynergy] = [new Connector(mosaic, Date.now), new Connector(synergy, Date.now)];
const write = (source: string, ...messages: LogMessage[]) =>
  producer.send(
    topicsOf(env.TOPIC_PREFIX).captured(source),
    messages.map(({ key, value }) => ({ key: key ?? '', value: value! })),
  );
const person = (id: string) => ofMosaic.insert('people', { PERSON_ID: id, LAST_NAME: 'Ashdown', FIRST_NAMES: 'Freya' });
const pupil = (id: string) =>
  ofSynergy.change('c', 'outbox', null, {
    fact: 'pupils',
    fact_id: id,
    content: JSON.stringify(ofSynergy.row('pupils', { 'Student ID': id, 'Legal surname': 'Ashdown' })),
  });
const isLogged = (id: string) =>
  eventually('the event', async () => (await loggedEvents(env)).some(({ event }) => 'recordId' in event && event.recordId === id));
/** What a source is answered that says over HTTP that it has looked. */
async function said(source: string, service: string) {
  const at = new Date().toISOString();
  const event = { type: 'SourceChecked', sourceVersion: { epoch: 1, position: Date.now() }, occurredAt: at, service, completeTo: at };
  const [outcome] = await postEvents(ingest.url, source, [event]);
  return outcome?.status === 'rejected' ? outcome.problems[0]!.fix : outcome?.status;
}
const metrics = async () => (await fetch(`${ingest.url}/metrics`)).text();

describe('The topic of a source’s captured changes', () => {
  it('is read, taken up again where it was left, and nothing has a second effect', async () => {
    const [before, meanwhile] = [randomUUID(), randomUUID()];
    await write('mosaic', person(before));
    await isLogged(before);
    await ingest.stop();
    await write('mosaic', person(meanwhile));
    expect(await rememberSource('mosaic', env)).toBe(1);
    ingest = await startIngest(env);
    await isLogged(meanwhile);
    await expect(rememberSource('mosaic', env)).rejects.toThrow('The changes of mosaic are being captured: stop ingest');
    const ids = (await loggedEvents(env)).flatMap(({ event }) => ('recordId' in event && event.recordId === before ? event.eventId : []));
    expect(new Set(ids).size).toBe(1);
  });

  it('tells that the source lives, and how much of its log it keeps; nothing of any row', async () => {
    await write('synergy', ofSynergy.beat(new Date(), 4096));
    await eventually('the heartbeat', async () =>
      (await metrics()).includes('ingest_capture_slot_bytes{source="synergy",app="ingest"} 4096'),
    );
    expect(await metrics()).toMatch(/ingest_capture_heard_at_seconds\{source="synergy",[^}]*\} \d{10}/);
    expect(await metrics()).not.toContain('Ashdown');
  });

  it('is read no further once a table was emptied at once, also by the next process; another source’s is', async () => {
    const [after, other] = [randomUUID(), randomUUID()];
    const stopped = () =>
      eventually('the alarm', async () => /ingest_capture_stopped\{source="mosaic",[^}]*\} 1/.test(await metrics()), { within: 20_000 });
    await write('mosaic', ofMosaic.truncate('people'), person(after));
    await stopped();
    expect(await said('mosaic', 'childrens-social-care')).toMatch(/read no further \(source-truncated\)/);
    expect(await said('synergy', 'school')).toBe('accepted');
    await write('synergy', pupil(other));
    await isLogged(other);
    await ingest.stop();
    ingest = await startIngest(env);
    await stopped();
    expect(await said('mosaic', 'childrens-social-care')).toMatch(/read no further/);
    expect((await loggedEvents(env)).some(({ event }) => 'recordId' in event && event.recordId === after)).toBe(false);
  });
});
