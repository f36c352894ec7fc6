/**
 * Personal data stands in no Kafka record, log line or metric: a part of the made-up town goes through the real processes, as talkative as they
 * can be, and everything they leave behind is searched for what was said about its people.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTown } from '../apps/demo/src/town.js';
import { type PublishAnswer, type SourceEventInput, topicsOf } from '#lib/events';
import { appEnv } from './support/app-env.js';
import { postEvents } from './support/post-events.js';
import { readLog } from './support/read-log.js';
import { readable } from './support/readable.js';
import { SpawnedApp } from './support/spawned-app.js';
import { tellingWords } from './support/telling-words.js';
import { Visitor } from './support/visitor.js';

const TODAY = '2026-11-20';
const town = makeTown({ seed: 'nothing leaks', today: TODAY, families: 25 });
const history = [...town.history].flatMap(([, events]) => events);
const telling = tellingWords(history);

/** What no source may say: refused, with the values in plain sight of whoever would log them. */
const refused = (event: SourceEventInput) => ({ ...event, dateOfBirth: { date: '2011-02-30', precision: 'day' }, nickname: 'Quillemina' });

describe('Whatever the processes leave behind', () => {
  const apps: SpawnedApp[] = [];
  const topics: [string, string][] = [];
  let rejected: PublishAnswer['results'][number] | undefined;

  beforeAll(async () => {
    const env = await appEnv({ LOG_LEVEL: 'trace' });
    for (const app of ['ingest', 'matcher', 'projector', 'query']) apps.push(await SpawnedApp.start(app, env));
    const [ingest, , , query] = apps as [SpawnedApp, SpawnedApp, SpawnedApp, SpawnedApp];
    for (const [source, events] of town.history)
      for (let at = 0; at < events.length; at += 500) await postEvents(ingest.url, source, events.slice(at, at + 500));
    const person = town.history.get('mosaic')!.find(({ type }) => type === 'PersonRecorded')!;
    rejected = (await postEvents(ingest.url, 'mosaic', [refused(person)]))[0];
    const involvements = new Set(
      history.flatMap((event) => ('service' in event && 'involvementId' in event ? [`${event.source} ${event.involvementId}`] : [])),
    );
    await readable(env.READ_MODEL_URL!, { involvements: involvements.size, sources: 0 });
    await look(query.url, person);
    const { involvementLog, identityLog, rejections } = topicsOf(env.TOPIC_PREFIX);
    for (const topic of [involvementLog, identityLog, rejections]) {
      const records = await readLog(env.KAFKA_BROKERS!, topic);
      // Each byte as a letter of its own, and as UTF-8: a word is found in either.
      const text = records.map(({ key, headers, value }) => `${key} ${headers} ${value.toString('latin1')} ${value.toString('utf8')}`);
      topics.push([topic.slice(env.TOPIC_PREFIX!.length), text.join('\n')]);
    }
  });

  afterAll(async () => {
    for (const app of apps) await app.stop();
  });

  it('is searched for what was really said: names, dates of birth, addresses, case numbers and identifiers', () => {
    expect(telling.size).toBeGreaterThan(500);
    const [mosaic] = town.records;
    expect(telling).toContain(mosaic!.recordId);
    // The searching itself: the words are found where they do stand.
    expect(found(JSON.stringify(history)).length).toBe(telling.size);
  });

  it('no Kafka record, key or header holds any of it', () => {
    expect(rejected?.status).toBe('rejected');
    for (const [topic, text] of topics) {
      // An empty topic would pass as well.
      expect(text.length).toBeGreaterThan(0);
      expect({ topic, found: found(text) }).toEqual({ topic, found: [] });
    }
  });

  it('no log line holds any of it', () => {
    for (const { app, output } of apps) {
      expect({ app, found: found(output) }).toEqual({ app, found: [] });
      expect(output).not.toContain('Quillemina');
    }
    // They did log: a silent process would pass as well.
    for (const { output } of apps) expect(output.length).toBeGreaterThan(100);
  });

  it('no metric holds any of it', async () => {
    for (const { app, url } of apps) {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('# HELP');
      expect({ app, found: found(withoutMeasurements(metrics)) }).toEqual({ app, found: [] });
    }
  });
});

const found = (text: string): string[] =>
  [...telling].filter((word) => (/^\d+$/.test(word) ? asNumber(word).test(text) : text.includes(word)));

/** A number within a longer one, or within hexadecimal digits, is chance: a time, a random id. */
const asNumber = (digits: string): RegExp => new RegExp(`(?<![\\da-f.])${digits}(?![\\da-f])`, 'i');

/** What was measured is any number at all; who a metric is about stands in its name and labels. */
const withoutMeasurements = (metrics: string): string => metrics.replace(/ \S+$/gm, '');

/** A worker searches for and reads that person, so that the query service has something to be silent about. */
async function look(url: string, person: SourceEventInput): Promise<void> {
  const amara = await Visitor.signedIn(url, 'amara.okafor');
  if (person.type !== 'PersonRecorded') throw new Error('a person was expected');
  const asked = await amara.submit('/search', { by: 'case-id', caseId: person.recordId });
  const [, address] = /action="([^"]+\/reason[^"]*)"/.exec(asked) ?? [];
  const page = await amara.submit(address!, { why: 'other', words: `${person.names[0]?.family} at court`, reference: person.recordId });
  expect(page).toContain('Details of service involvements');
}
