import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type SourceEvent, topicsOf } from '#lib/events';
import type { Running } from '#lib/runtime';
import { Client } from 'pg';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { known, MOTHER, PEOPLE_HARD_TO_MATCH } from '../../../test/support/people-hard-to-match.js';
import { readLog } from '../../../test/support/read-log.js';
import { saidAfter, SaidByMatcher, type SaidDecision } from '../../../test/support/said-by-matcher.js';
import { recorded } from '../../../test/support/recorded-person.js';
import { rule } from '../../../test/support/rule-by-hand.js';
import { type LoggedAt, SealedLog } from '../../../test/support/sealed-log.js';
import { startMatcher } from './start.js';

let env: Record<string, string>;
let log: SealedLog;
const running: Running[] = [];

beforeEach(async () => {
  env = await appEnv();
  log = await SealedLog.open(env);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await log.close();
});

const start = async (of: Record<string, string>) => void running.push(await startMatcher(of));
/** Another deployment that opens the same records. */
const another = async (): Promise<Record<string, string>> => {
  const { KEY_STORE_URL, KEY_ENCRYPTION_KEY, KEY_LOOKUP_SECRET } = env;
  return { ...(await appEnv()), KEY_STORE_URL: KEY_STORE_URL!, KEY_ENCRYPTION_KEY: KEY_ENCRYPTION_KEY!, KEY_LOOKUP_SECRET: KEY_LOOKUP_SECRET! }; // prettier-ignore
};

const people = Object.values(PEOPLE_HARD_TO_MATCH);
/** A fixed order of its own for each number. */
const shuffled = <T>(items: readonly T[], seed: number): T[] =>
  items.map((item, at) => ({ item, place: ((at + 1) * 7919 * seed) % 1009 })).sort((a, b) => a.place - b.place).map(({ item }) => item); // prettier-ignore
const idOf = (event: SourceEvent) => `${event.source} ${'recordId' in event ? event.recordId : ''}`;
const partition = ({ people: assigned }: SaidByMatcher) =>
  [...Map.groupBy(assigned, ([, person]) => person).values()].map((records) => records.map(([subject]) => subject).sort().join()).sort(); // prettier-ignore
/** A decision in its place, as it stands in the log. */
const bytesOf = ({ partition, offset, key, value }: SaidDecision) => `${partition} ${offset} ${key} ${value.toString('base64')}`;
const decisionsIn = (said: SaidByMatcher) => said.all.filter(({ decision }) => decision.type !== 'MatchedUpTo');

test('twins, father and son of one name are two, a mother whom five services know is one, in whatever order the log tells it', async () => {
  const events = people.flat();
  const partitions: string[][] = [];
  for (const seed of [1, 2, 3]) {
    const other = await another();
    const others = await SealedLog.open(other);
    const ordered = seed === 1 ? events : shuffled(events, seed);
    // The first log is whole when its matcher starts; the others grow under it.
    if (seed > 1) await start(other);
    const at = [...(await others.publish(ordered.slice(0, 9))), ...(await others.publish(ordered.slice(9)))];
    if (seed === 1) await start(other);
    const said = await saidAfter(other, at);
    partitions.push(partition(said));
    const subjectOf = new Map(ordered.map((event, index) => [idOf(event), at[index]!.subject]));
    const expected = people.map((records) => [...new Set(records.map((record) => subjectOf.get(idOf(record))!))].sort().join());
    expect(partitions.at(-1)).toEqual(expected.sort());
    await others.close();
  }
});

test('read again from the beginning, rulings and all, the log gives the people that were decided live; into an empty identity log the same decisions each time, byte by byte', async () => {
  const live = await startMatcher(env);
  const events = people.flat();
  const at: LoggedAt[] = [];
  for (let from = 0; from < events.length; from += 6) {
    at.push(...(await log.publish(events.slice(from, from + 6))));
    await saidAfter(env, at);
  }
  await rule(env, at[0]!.subject, at[1]!.subject, 'apart');
  const decidedLive = await eventually('a mother was parted by hand', async () => {
    const said = await SaidByMatcher.read(env);
    return said.peopleAmong([at[0]!.subject, at[1]!.subject]) === 2 && said;
  });
  await live.stop();

  // With its own decisions, nothing is said but what is new.
  await start({ ...env, MATCHER_URL: await freshDatabase('matcher') });
  const [added] = await log.publish([recorded('mosaic', 'new', 1)]);
  const saidAgain = decisionsIn(await saidAfter(env, [...at, added!])).filter(({ key }) => key !== added!.subject);
  expect(saidAgain.map(bytesOf).sort()).toEqual(decisionsIn(decidedLive).map(bytesOf).sort());
  await Promise.all(running.splice(0).map((one) => one.stop()));

  const messages = (await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).involvementLog)).filter(({ key }) => key !== added!.subject); // prettier-ignore
  const rulings = decidedLive.all.filter(({ decision }) => decision.type === 'RecordsKeptApart').map(({ decision }) => decision);
  expect(rulings).toHaveLength(1);
  const fromNothing = [];
  for (const _ of ['once', 'again']) {
    const other = await another();
    const others = await SealedLog.open(other);
    const places = await others.publishRaw(messages.map(({ key, partition, value }) => ({ key: key!, partition, value })));
    await others.decide(rulings);
    await others.close();
    await start(other);
    fromNothing.push(await saidAfter(other, places));
  }
  const [first, second] = fromNothing.map(decisionsIn);
  expect(second!.map(bytesOf)).toEqual(first!.map(bytesOf));
  expect(first!.length).toBeGreaterThan(new Set(at.map(({ subject }) => subject)).size);
  expect(fromNothing.map(partition)).toEqual([partition(decidedLive), partition(decidedLive)]);
});

test('nothing of a person can be read in the matcher’s database, and what is erased is gone from it', async () => {
  await start(env);
  const mother = PEOPLE_HARD_TO_MATCH['one mother whom five services know, under two family names'];
  const at = await log.publish([...mother]);
  await saidAfter(env, at);
  const client = new Client({ connectionString: env.MATCHER_URL! });
  await client.connect();
  try {
    const { rows } = await client.query<{ text: string }>(`
      SELECT d::text || encode(sealed, 'escape') AS text FROM matcher.details d UNION ALL SELECT r::text FROM matcher.record r
      UNION ALL SELECT p::text FROM matcher.pair p UNION ALL SELECT o::text FROM matcher.outbox o`);
    const text = rows.map((row) => row.text).join('\n');
    expect(text).toContain(at[0]!.subject);
    expect(text).not.toMatch(/brennan|doyle|siobhan|1988-06|9434765919|nb4/i);

    await log.keys.erase(at[0]!.subject);
    await Promise.all(running.splice(0).map((one) => one.stop()));
    await start(env);
    await saidAfter(env, await log.publish([known('cis', 'c1', 2, { ...MOTHER, postcode: 'NB9 9ZZ' })]));
    const kept = await client.query('SELECT subject FROM matcher.details WHERE subject = $1', [at[0]!.subject]);
    expect(kept.rows).toEqual([]);
  } finally {
    await client.end();
  }
});
