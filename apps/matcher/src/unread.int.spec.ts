import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import type { SourceEvent } from '#lib/events';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { KeysAway } from '../../../test/support/keys-away.js';
import { ops } from '../../../test/support/ops.js';
import { recorded } from '../../../test/support/recorded-person.js';
import { saidAfter, SaidByMatcher } from '../../../test/support/said-by-matcher.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { startMatcher } from './start.js';

const TOLERATED = 2;
const NHS = '9434765919';

let env: Record<string, string>;
let log: SealedLog;
let away: KeysAway;
let matcher: Running;

beforeEach(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent', MATCHER_MISSING_KEYS: String(TOLERATED) });
  log = await SealedLog.open(env);
  away = await KeysAway.open(env.KEY_STORE_URL!);
  matcher = await startMatcher(env);
});
afterEach(async () => {
  await matcher.stop();
  await away.close();
  await log.close();
});

const restart = async (settings = env) => {
  await matcher.stop();
  matcher = await startMatcher(settings);
};
const measured = async (name: RegExp) => Number((await (await fetch(`${matcher.url}/metrics`)).text()).match(name)?.[1]);
const unread = () => measured(/^matcher_events_unread\S* (\d+)$/m);
const untilHalted = () => eventually('the matcher halted', async () => (await measured(/^matcher_halted\S* (\d+)$/m)) === 1);
/** Publishes events of a record whose key is lost before any of them is read. */
async function publishWithoutKey(...events: SourceEvent[]) {
  const records = events.map((event) => ({ source: event.source, recordId: 'recordId' in event ? event.recordId : '' }));
  await away.take((await log.keys.subjectsFor(records)).map(({ subject }) => subject));
  return log.publish(events);
}
/** The read model knows it as a record of Mosaic. */
async function folded(subject: string): Promise<void> {
  const client = new Client({ connectionString: env.READ_MODEL_URL! });
  await client.connect();
  await client.query(`INSERT INTO read_1.record (subject, source) VALUES ($1, 'mosaic')`, [subject]);
  await client.end();
}
/** Two records that are one person, whose matcher has forgotten their keys since. */
async function joined() {
  const at = await log.publish([recorded('mosaic', 'a', 1, NHS), recorded('cis', 'b', 1, NHS)]);
  const subjects = at.map(({ subject }) => subject) as [string, string];
  expect((await saidAfter(env, at)).peopleAmong(subjects)).toBe(1);
  await matcher.stop();
  return { at, subjects };
}

test('an event whose key is missing is passed over and counted; when the key is back, it is matched as if it came then', async () => {
  const at = [
    ...(await log.publish([recorded('mosaic', 'a', 1, NHS)])),
    ...(await publishWithoutKey(recorded('cis', 'b', 1), recorded('cis', 'b', 2, NHS))),
  ];
  const subjects = [at[0]!.subject, at[1]!.subject];
  expect((await saidAfter(env, at)).peopleAmong(subjects)).toBe(2);
  expect(await measured(/^matcher_events_skipped_total\{code="key-missing"\S* (\d+)$/m)).toBe(2);
  await eventually('both wait to be read again', async () => (await unread()) === 2);

  await away.giveBack();
  await eventually('they are one person', async () => (await SaidByMatcher.read(env)).peopleAmong(subjects) === 1);
  await eventually('nothing waits any more', async () => (await unread()) === 0);
  await restart();
  const later = await log.publish([recorded('cis', 'b', 3)]);
  expect((await saidAfter(env, later)).peopleAmong(subjects)).toBe(2);
});

test('an event whose key turns out to be destroyed waits no more, in a state made anew as well', async () => {
  const at = await publishWithoutKey(recorded('cis', 'b', 1, NHS));
  await saidAfter(env, at);
  await eventually('it waits to be read again', async () => (await unread()) === 1);
  await matcher.stop();
  matcher = await startMatcher({ ...env, MATCHER_URL: await freshDatabase('matcher') });
  await eventually('the new state waits for it too', async () => (await unread()) === 1);
  await away.leaveTombstones();
  await eventually('it waits no more', async () => (await unread()) === 0);
});

test('with more records without a key than are tolerated the matcher halts, and passes nothing over', async () => {
  const few = await publishWithoutKey(recorded('cis', 'k1', 1), recorded('cis', 'k2', 1), recorded('cis', 'k1', 2));
  await saidAfter(env, few);
  await publishWithoutKey(recorded('cis', 'k3', 1, NHS));
  await untilHalted();
  expect(await asked('SELECT FROM matcher.unread')).toHaveLength(3);

  await away.giveBack();
  await restart();
  const at = await log.publish([recorded('mosaic', 'm', 1, NHS)]);
  const [k3] = await log.keys.subjectsFor([{ source: 'cis', recordId: 'k3' }]);
  expect((await saidAfter(env, at)).peopleAmong([at[0]!.subject, k3!.subject])).toBe(1);
  await eventually('nothing waits any more', async () => (await unread()) === 0);
});

test('a lost key of a record that is kept halts the matcher and parts nobody; with the key back it goes on', async () => {
  const { at, subjects } = await joined();
  await away.take([subjects[0]]);
  matcher = await startMatcher(env);
  const late = await log.publish([recorded('niche', 'c', 1, NHS)]);
  await untilHalted();
  const said = await SaidByMatcher.read(env);
  expect([said.peopleAmong(subjects), said.people.has(late[0]!.subject)]).toEqual([1, false]);

  await away.giveBack();
  await restart();
  expect((await saidAfter(env, [...at, ...late])).peopleAmong([...subjects, late[0]!.subject])).toBe(1);
});

test('a lost key of a record that is kept halts the matcher, until a tombstone says that it is gone for good', async () => {
  const { subjects } = await joined();
  await away.take([subjects[0]]);
  matcher = await startMatcher(env);
  const late = await log.publish([recorded('niche', 'c', 1, NHS)]);
  await untilHalted();
  const tried = await ops(env, 'lost-keys', '--dry-run', '--json');
  expect([tried.code, JSON.parse(tried.text)]).toEqual([3, { records: 2, lost: 1, bySource: { unknown: 1 }, dryRun: true }]);
  expect((await log.keys.keysFor([subjects[0]])).get(subjects[0])).not.toBe('erased');
  await folded(subjects[0]);
  expect(await ops(env, 'lost-keys', '--reason', 'no copy has it')).toMatchObject({ code: 0, text: expect.stringContaining('mosaic: 1') });
  // lost and not erased on purpose: its source may send it again
  expect(await log.keys.erasedAmong([{ source: 'mosaic', recordId: 'a' }])).toEqual([]);
  expect((await ops(env, 'lost-keys', '--dry-run')).code).toBe(0);
  await restart();
  const said = await saidAfter(env, late);
  expect([said.peopleAmong(subjects), said.peopleAmong([subjects[1], late[0]!.subject])]).toEqual([2, 1]);
});

test('details that are kept and no longer what was sealed halt the matcher too', async () => {
  const { subjects } = await joined();
  await asked('UPDATE matcher.details SET sealed = set_byte(sealed, length(sealed) - 1, get_byte(sealed, length(sealed) - 1) # 1)');
  matcher = await startMatcher(env);
  await log.publish([recorded('niche', 'c', 1, NHS)]);
  await untilHalted();
  expect((await SaidByMatcher.read(env)).peopleAmong(subjects)).toBe(1);
});

test('a lost key of a joined record parts nobody either where the state is lost as well', async () => {
  const { at, subjects } = await joined();
  await away.take([subjects[0]]);
  const rebuilt = { ...env, MATCHER_URL: await freshDatabase('matcher') };
  matcher = await startMatcher(rebuilt);
  await untilHalted();
  expect((await SaidByMatcher.read(env)).peopleAmong(subjects)).toBe(1);

  await away.giveBack();
  await restart(rebuilt);
  const late = await log.publish([recorded('niche', 'c', 1, NHS)]);
  expect((await saidAfter(env, [...at, ...late])).peopleAmong([...subjects, late[0]!.subject])).toBe(1);
});

/** Of the matcher's state. */
async function asked<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: env.MATCHER_URL! });
  await client.connect();
  const { rows } = await client.query<Row>(sql);
  await client.end();
  return rows;
}
