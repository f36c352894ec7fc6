import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { appEnv } from '../../../test/support/app-env.js';
import { loggedEvents } from '../../../test/support/open-envelopes.js';
import { postBody, postEvents } from '../../../test/support/post-events.js';
import { endsOf, readLog } from '../../../test/support/read-log.js';
import { type PublishAnswer, type RejectedEvent, topicsOf } from '#lib/events';
import { connectKafka, LogCodec } from '#lib/kafka';
import type { Running } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import { startIngest } from './start.js';

let env: Record<string, string>;
let ingest: Running;
let keys: Client;
beforeAll(async () => {
  env = await appEnv();
  ingest = await startIngest(env);
  keys = new Client({ connectionString: env.KEY_STORE_URL });
  await keys.connect();
});
afterAll(async () => {
  await ingest?.stop();
  await keys?.end();
});

const head = (position = 1) => ({ recordId: randomUUID(), sourceVersion: { epoch: 0, position }, occurredAt: '2026-03-01T09:00:00Z' });
const person = (more: object = {}) => ({ type: 'PersonRecorded', ...head(), names: [{ family: 'Baker', given: ['Thomas'] }], ...more });
const opened = (more: object = {}) => ({
  type: 'InvolvementOpened',
  ...head(),
  involvementId: 'i-1',
  service: 'childrens-social-care',
  ...more,
});
const checked = (position: number) => ({
  type: 'SourceChecked',
  sourceVersion: { epoch: 0, position },
  occurredAt: '2026-03-01T09:00:00Z',
  service: 'childrens-social-care',
  completeTo: '2026-03-01T09:00:00Z',
});
const publish = (...events: object[]) => postEvents(ingest.url, 'mosaic', events);
const ends = () => endsOf(connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'test' }), topicsOf(env.TOPIC_PREFIX).involvementLog);
const keyCount = async () => Number((await keys.query('select count(*) from data_key')).rows[0].count);

describe('Publishing', () => {
  it('takes one event, a list in an object, and a bare list', async () => {
    const event = opened();
    for (const body of [event, { events: [event] }, [event]]) {
      const answer = await postBody(ingest.url, 'mosaic', body);
      expect(answer.status).toBe(200);
      const { results } = (await answer.json()) as PublishAnswer;
      const place = { partition: expect.any(Number), offset: expect.any(Number) };
      expect(results).toEqual([{ index: 0, status: 'accepted', eventId: expect.stringMatching(/^[0-9a-f]{32}$/), ...place }]);
    }
  });

  it('puts the event where it says it does, sealed, under the record’s token', async () => {
    const event = person();
    const [outcome] = await publish(event);
    const logged = (await loggedEvents(env)).find(
      ({ event: { eventId } }) => outcome?.status === 'accepted' && eventId === outcome.eventId,
    );
    expect(outcome).toMatchObject({ partition: logged?.partition, offset: logged?.offset, eventId: logged?.envelope.id });
    expect(logged?.key).toBe(logged?.envelope.subject);
    expect(logged?.event).toMatchObject({ source: 'mosaic', recordId: event.recordId, names: [{ family: 'Baker', given: ['Thomas'] }] });
    const raw = (await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).involvementLog)).map(
      ({ key, value }) => `${key} ${value.toString('latin1')}`,
    );
    for (const word of ['Baker', 'Thomas', event.recordId]) expect(raw.join('\n')).not.toContain(word);
  });

  it('gives the same event the same id, and another version, fact or record another', async () => {
    const event = opened();
    const variants = [
      event,
      event,
      opened({ ...event, sourceVersion: { epoch: 0, position: 2 } }),
      { ...event, involvementId: 'i-2' },
      opened(),
    ];
    const outcomes = [...(await publish(...variants)), ...(await publish({ ...event, team: 'North' }))];
    const [first, again, newer, other, elsewhere, reworded] = outcomes.map((outcome) =>
      outcome.status === 'accepted' ? outcome.eventId : 'none',
    );
    expect(again).toBe(first);
    expect(reworded).toBe(first);
    expect(new Set([first, newer, other, elsewhere]).size).toBe(4);
  });

  it('takes a lower version than one already sent', async () => {
    const event = opened({ sourceVersion: { epoch: 1, position: 50 } });
    expect(await publish(event, { ...event, sourceVersion: { epoch: 0, position: 90 } })).toMatchObject([
      { status: 'accepted' },
      { status: 'accepted' },
    ]);
  });

  it('refuses a bad event alone, with every problem, and keeps the order of the others', async () => {
    const { recordId } = head();
    const events = Array.from({ length: 200 }, (_, n) =>
      opened({ recordId, involvementId: `i-${n}`, sourceVersion: { epoch: 0, position: n } }),
    );
    const results = await publish(...events.slice(0, 50), { ...events[50], service: 'police', teem: 1 }, ...events.slice(51));
    expect(results.map(({ index }) => index)).toEqual(events.map((_, n) => n));
    const { problems } = results[50] as RejectedEvent;
    expect(problems.map(({ pointer, rule }) => [pointer, rule])).toEqual([
      ['/teem', 'known-field'],
      ['/service', 'service-of-source'],
    ]);
    const offsets = results.flatMap((outcome) => (outcome.status === 'accepted' && 'offset' in outcome ? [outcome.offset] : []));
    expect(offsets).toHaveLength(199);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  });

  it('replaces another record’s id by its token', async () => {
    const [child, mother] = [person(), person()];
    const link = {
      type: 'RelationshipLinked',
      ...head(),
      recordId: child.recordId,
      relationshipId: 'r',
      otherRecordId: mother.recordId,
      relationship: 'parent',
    };
    const replaced = { type: 'RecordReplaced', ...head(2), recordId: child.recordId, newRecordId: mother.recordId };
    await publish(link, replaced, mother);
    const logged = (await loggedEvents(env)).map(({ event, key }) => ({ ...event, key }));
    const token = logged.find((event) => event.type === 'PersonRecorded' && event.recordId === mother.recordId)?.key;
    expect(logged).toContainEqual(expect.objectContaining({ type: 'RelationshipLinked', recordId: child.recordId, otherRecordId: token }));
    expect(logged).toContainEqual(expect.objectContaining({ type: 'RecordReplaced', recordId: child.recordId, newRecordId: token }));
  });

  it('writes what is refused to the rejections, by field and rule and without a value', async () => {
    const before = Date.now();
    await publish(person(), { ...opened(), 'Thomas Baker': 1, Baker: 1, openedOn: '2026-99-99' }, { ...opened(), type: 'Thomas Baker' });
    const messages = await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).rejections);
    const codec = await LogCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR! });
    await codec.prepare(messages.map(({ value }) => value));
    const rejections = messages.map(({ value }) => codec.decodeRejection(value));
    expect(rejections).toContainEqual(
      expect.objectContaining({ source: 'mosaic', type: 'InvolvementOpened', index: 1, pointer: '/openedOn', rule: 'real-date' }),
    );
    expect(rejections).toContainEqual(expect.objectContaining({ pointer: '', rule: 'known-field' }));
    expect(rejections).toContainEqual(expect.objectContaining({ type: null, index: 2, pointer: '/type' }));
    const mine = rejections.filter(({ at }) => at >= before);
    expect(mine.map(({ index }) => index)).toEqual([1, 1, 1, 2]);
    expect(messages.map(({ key }) => key)).toEqual(rejections.map(({ source }) => source));
    expect(JSON.stringify(rejections)).not.toMatch(/Thomas|Baker|99-99/);
  });
});

describe('“We looked, and this is how far we see”', () => {
  it('goes to every partition, after what came before it and before what comes after', async () => {
    const [before, after] = [Array.from({ length: 40 }, () => person()), Array.from({ length: 40 }, () => person())];
    const results = await publish(...before, checked(10), ...after);
    const mark = results[40];
    const places = mark?.status === 'accepted' && 'places' in mark ? mark.places : [];
    expect(places.map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
    for (const [index, outcome] of results.entries()) {
      if (outcome.status !== 'accepted' || !('offset' in outcome)) continue;
      const there = places[outcome.partition]!.offset;
      if (index < 40) expect(outcome.offset).toBeLessThan(there);
      else expect(outcome.offset).toBeGreaterThan(there);
    }
  });

  it('is one subject, with an id of its own in each partition, the same when sent again', async () => {
    await publish(checked(12), checked(12));
    const marks = (await loggedEvents(env)).filter(({ event }) => event.type === 'SourceChecked' && event.sourceVersion.position === 12);
    expect(new Set(marks.map(({ envelope }) => envelope.subject)).size).toBe(1);
    expect(marks).toHaveLength(8);
    expect(new Set(marks.map(({ envelope, partition }) => `${partition} ${envelope.id}`)).size).toBe(4);
    expect(new Set(marks.map(({ envelope }) => envelope.id)).size).toBe(4);
  });
});

describe('A dry run', () => {
  it('checks everything, publishes nothing and makes no keys', async () => {
    const before = [await ends(), await keyCount()];
    const results = await postEvents(ingest.url, 'mosaic', [person(), { ...opened(), service: 'police' }, checked(20)], {
      query: '?dryRun=true',
    });
    expect(results).toMatchObject([
      { index: 0, status: 'valid' },
      { index: 1, status: 'rejected' },
      { index: 2, status: 'valid' },
    ]);
    expect([await ends(), await keyCount()]).toEqual(before);
  });

  it('is not taken for a real one when it is misspelt', async () => {
    const before = await ends();
    for (const query of ['?dryrun=true', '?dryRun=yes', '?dryRun=true&dryRun=false']) {
      expect((await postBody(ingest.url, 'mosaic', person(), { query })).status).toBe(400);
    }
    expect(await ends()).toEqual(before);
  });
});

describe('An erased record', () => {
  it('is refused by field, in earnest and in a dry run, until it is reinstated', async () => {
    const store = await KeyStore.open({
      url: env.KEY_STORE_URL!,
      keyEncryptionKey: Buffer.from(env.KEY_ENCRYPTION_KEY!, 'base64'),
      lookupSecret: Buffer.from(env.KEY_LOOKUP_SECRET!, 'base64'),
    });
    const [gone, known] = [person(), person()];
    const [key] = await store.subjectsFor([{ source: 'mosaic', recordId: gone.recordId }]);
    await store.erase(key!.subject);
    const link = {
      type: 'RelationshipLinked',
      ...head(),
      recordId: known.recordId,
      relationshipId: 'r',
      otherRecordId: gone.recordId,
      relationship: 'parent',
    };
    for (const query of ['', '?dryRun=true']) {
      const results = await postEvents(ingest.url, 'mosaic', [gone, known, link], { query });
      expect(results).toMatchObject([
        { status: 'rejected', problems: [{ pointer: '/recordId', rule: 'record-erased' }] },
        { status: query ? 'valid' : 'accepted' },
        { status: 'rejected', problems: [{ pointer: '/otherRecordId', rule: 'record-erased' }] },
      ]);
    }
    await store.reinstate({ source: 'mosaic', recordId: gone.recordId });
    expect(await publish(gone)).toMatchObject([{ status: 'accepted' }]);
    await store.close();
  });
});

describe('Two doors beside each other', () => {
  it('make one key per record when both meet new records at once', async () => {
    const other = await startIngest(env);
    const before = await keyCount();
    const events = Array.from({ length: 300 }, () => person());
    const [one, two] = await Promise.all([publish(...events), postEvents(other.url, 'mosaic', events.toReversed())]);
    expect(await keyCount()).toBe(before + 300);
    const ids = (results: PublishAnswer['results']) =>
      results.map((outcome) => (outcome.status === 'accepted' ? outcome.eventId : 'none')).sort();
    expect(ids(one)).toEqual(ids(two));
    await other.stop();
  });
});
