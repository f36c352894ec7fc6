import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { topicsOf } from '#lib/events';
import { connectKafka, LogCodec, LogProducer, LogUnavailableError, SchemaStore } from '#lib/kafka';
import { createLogger, Metrics, type Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { recorded } from '../../../test/support/recorded-person.js';
import { saidAfter, SaidByMatcher } from '../../../test/support/said-by-matcher.js';
import { type LoggedAt, SealedLog } from '../../../test/support/sealed-log.js';
import { announce } from './announce.js';
import { ComparingBy } from './comparing-by.js';
import { Deciding } from './deciding.js';
import { MatchKeys } from './match-keys.js';
import { matcherMetrics } from './matcher-metrics.js';
import { matchingByFile, openMatching } from './model.js';
import { recordOpener } from './open-records.js';
import { startMatcher } from './start.js';
import { migrateState } from './state/migrate-state.js';
import { checkpointOf } from './state/checkpoint.js';
import { State } from './state/open-state.js';
import { becomeWriter } from './state/progress.js';
import { takeIn } from './take-in.js';

let env: Record<string, string>;
let log: SealedLog;
let running: Running[];

beforeEach(async () => {
  running = [];
  env = await appEnv();
  log = await SealedLog.open(env);
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await log.close();
});

const start = async (settings = env): Promise<Running> => {
  const matcher = await startMatcher(settings);
  running.push(matcher);
  return matcher;
};
const stop = async (matcher: Running) => {
  running = running.filter((one) => one !== matcher);
  await matcher.stop();
};
const isReady = async ({ url }: Running) => (await fetch(`${url}/health/ready`)).ok;

const NHS = ['9434765919', '4010232137', '9434765870'];
/** Thirty records of which three pairs are one person each. */
const thirty = (prefix: string, position = 1) =>
  Array.from({ length: 30 }, (_, at) => recorded(at % 2 ? 'mosaic' : 'cis', `${prefix}${at}`, position, NHS[Math.floor(at / 2)]));
const decidedAll = (at: LoggedAt[]): Promise<SaidByMatcher> => saidAfter(env, at);
const assignments = ({ all }: SaidByMatcher) => all.filter(({ decision }) => decision.type === 'RecordAssigned').length;
const contents = ({ all }: SaidByMatcher) => {
  const byNumber = Map.groupBy(
    all,
    ({ decision, partition }) => `${decision.decision} ${decision.type === 'MatchedUpTo' ? partition : ''}`,
  );
  return [...byNumber.values()].map((said) => new Set(said.map(({ decision }) => JSON.stringify(decision))).size);
};

/** A matcher in this process, writing to the log through `send`. */
async function deciding(send: (real: LogProducer) => LogProducer['send']): Promise<Running> {
  await migrateState(env.MATCHER_URL!);
  const logger = createLogger('matcher', 'silent');
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'matcher' });
  const [producer, state] = [await LogProducer.open(kafka), new State(env.MATCHER_URL!, () => undefined)];
  const deciding = await Deciding.start({
    kafka,
    topics: topicsOf(env.TOPIC_PREFIX),
    partitions: 4,
    codec: await LogCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR! }),
    schemas: SchemaStore.open(),
    producer: { send: send(producer) },
    keyStore: log.keys,
    matchKeys: new MatchKeys(Buffer.from(env.KEY_LOOKUP_SECRET!, 'base64')),
    matching: openMatching({ modelFile: '', authorityFile: env.AUTHORITY_FILE! }),
    missingKeysToHalt: 100,
    state,
    logger,
    metrics: matcherMetrics(new Metrics('matcher')),
  });
  const started = {
    url: '',
    async stop() {
      await deciding.stop();
      await producer.close();
      await state.close();
    },
  };
  running.push(started);
  return started;
}

test('a matcher that dies before the log has its decisions, or before it knows, says them again with the same numbers', async () => {
  let [calls, sent] = [0, 0];
  const dying = await deciding((real) => async (topic, messages) => {
    if ((calls += 1) === 1) throw new LogUnavailableError('died before it had them');
    const places = await real.send(topic, messages);
    sent += places.length;
    throw new LogUnavailableError('died before it was known to have them');
  });
  const at = await log.publish(thirty('a'));
  await eventually('the log had decisions', async () => sent >= 30);
  await stop(dying);
  await start();
  // the one that died has said all of it as well
  const said = await eventually('they were said again', async () => {
    const now = await decidedAll(at);
    return assignments(now) > now.people.size && now;
  });
  expect(new Set(contents(said))).toEqual(new Set([1]));
  expect(said.peopleAmong(at.map(({ subject }) => subject))).toBe(27);
});

test('a matcher whose state was lost takes its decisions over from the log: same people, same ids, no number twice', async () => {
  const first = await start();
  const at = await log.publish(thirty('b'));
  // Late joiners and a correction give people a history that their records alone don't show.
  const more = await log.publish([recorded('niche', 'b30', 1, NHS[0]), recorded('cis', 'b0', 2), recorded('mosaic', 'b29', 2, NHS[1])]);
  const before = await decidedAll([...at, ...more]);
  await stop(first);

  const rebuilt = { ...env, MATCHER_URL: await freshDatabase('matcher') };
  const second = await start(rebuilt);
  const after = await decidedAll(await log.publish([recorded('synergy', 'b31', 1)]));
  expect([...before.people].every(([subject, person]) => after.people.get(subject) === person)).toBe(true);
  expect(assignments(after)).toBe(assignments(before) + 1);
  expect(new Set(contents(after))).toEqual(new Set([1]));

  const parted = await decidedAll(await log.publish([recorded('niche', 'b30', 2)]));
  const [b1, b30] = [at[1]!.subject, more[0]!.subject];
  expect([before, parted].map((said) => said.peopleAmong([b1, b30]))).toEqual([1, 2]);
  await stop(second);
});

test('a state restored from an old copy is not trusted: its numbers would be given out twice', async () => {
  const first = await start();
  await decidedAll(await log.publish(thirty('c')));
  await stop(first);
  const copy = await copyOf(env.MATCHER_URL!);
  const second = await start();
  const before = await decidedAll(await log.publish(thirty('d')));
  await stop(second);

  await start({ ...env, MATCHER_URL: copy });
  const after = await decidedAll(await log.publish([recorded('synergy', 'e1', 1)]));
  expect([...before.people].every(([subject, person]) => after.people.get(subject) === person)).toBe(true);
  expect(new Set(contents(after))).toEqual(new Set([1]));
});

test('a ruling that waits in an old copy is not followed again, over what was ruled since', async () => {
  const first = await start();
  const at = await log.publish([recorded('mosaic', 'h1', 1, NHS[0]), recorded('cis', 'h2', 1, NHS[0])]);
  const subjects = at.map(({ subject }) => subject);
  await decidedAll(at);
  await stop(first);
  await rule(subjects, 'apart');
  const copy = await copyOf(env.MATCHER_URL!);
  const second = await start();
  await eventually('they were parted', async () => (await SaidByMatcher.read(env)).peopleAmong(subjects) === 2);
  await rule(subjects, 'none');
  await eventually('that was taken back', async () => (await SaidByMatcher.read(env)).peopleAmong(subjects) === 1);
  await stop(second);

  await start({ ...env, MATCHER_URL: copy });
  const after = await decidedAll(await log.publish([recorded('synergy', 'h3', 1)]));
  expect(after.peopleAmong(subjects)).toBe(1);
  expect(after.all.filter(({ decision }) => decision.type === 'RecordsKeptApart')).toHaveLength(1);
});

test('of two matchers one decides and the other stands by, until the first is gone', async () => {
  const [first, second] = [await start(), await start()];
  await eventually('both were ready', async () => (await isReady(first)) && isReady(second));
  await decidedAll(await log.publish(thirty('f')));
  await stop(first);
  const said = await decidedAll(await log.publish(thirty('g')));
  expect(new Set(contents(said))).toEqual(new Set([1]));
});

test('a writer that was replaced and does not know it writes nothing more', async () => {
  await migrateState(env.MATCHER_URL!);
  const state = new State(env.MATCHER_URL!, () => undefined);
  running.push({ url: '', stop: () => state.close() });
  const old = await state.transaction(becomeWriter);
  const step = await state.transaction((client) => checkpointOf(client, 'log', 0)).then(({ topic, partition, nextOffset }) => ({ topic, partition, from: nextOffset, to: nextOffset + 1, lastEventId: 'x' })); // prettier-ignore
  const current = await state.transaction(becomeWriter);
  const matching = matchingByFile(openMatching({ modelFile: '', authorityFile: env.AUTHORITY_FILE! }));
  await state.transaction((client) => client.query('UPDATE matcher.progress SET model = $1', [matching.model.version]));
  const comparing = new ComparingBy(matching, () => recordOpener(log.keys, 1000));
  const seen = [{ subject: '00000000-0000-0000-0000-000000000001', kind: 'seen' as const }];
  await expect(state.transaction((client) => takeIn(client, old, comparing, step, seen))).rejects.toMatchObject({
    code: 'writer-replaced',
  });
  await expect(state.transaction((client) => announce(client, old, 'log'))).rejects.toMatchObject({ code: 'writer-replaced' });
  await expect(state.transaction((client) => takeIn(client, current, comparing, step, seen))).resolves.toMatchObject({
    result: 'advanced',
  });
  await expect(state.transaction((client) => takeIn(client, current, comparing, step, seen))).resolves.toMatchObject({
    result: 'already applied',
    decisions: [],
  });
});

async function rule([one, other]: string[], ruling: 'apart' | 'none'): Promise<void> {
  const client = new Client({ connectionString: env.MATCHER_URL! });
  await client.connect();
  await client.query(
    `INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role) VALUES (gen_random_uuid(), $1, $2, $3, 'seen-both', 'data-steward')`,
    [one, other, ruling],
  );
  await client.end();
}

async function copyOf(url: string): Promise<string> {
  const copy = await freshDatabase('copy');
  const name = (of: string) => decodeURIComponent(new URL(of).pathname.slice(1));
  const admin = new Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
  await admin.connect();
  try {
    await admin.query(`DROP DATABASE ${admin.escapeIdentifier(name(copy))}`);
    await admin.query(`CREATE DATABASE ${admin.escapeIdentifier(name(copy))} TEMPLATE ${admin.escapeIdentifier(name(url))}`);
  } finally {
    await admin.end();
  }
  return copy;
}
