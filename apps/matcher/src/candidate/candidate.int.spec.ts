import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { topicsOf } from '#lib/events';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { matchModelFile } from '../../../../test/support/match-model.js';
import { readLog } from '../../../../test/support/read-log.js';
import { knownTwice, ProposedModels, STRICT } from '../../../../test/support/proposed-models.js';
import { known, MOTHER, PEOPLE_HARD_TO_MATCH } from '../../../../test/support/people-hard-to-match.js';
import { recorded } from '../../../../test/support/recorded-person.js';
import { saidAfter, SaidByMatcher } from '../../../../test/support/said-by-matcher.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { startMatcher } from '../start.js';

let env: Record<string, string>;
let log: SealedLog;
let models: ProposedModels;
let matcher: Running | undefined;

beforeEach(async () => {
  env = await appEnv();
  log = await SealedLog.open(env);
  models = await ProposedModels.open(env.MATCHER_URL!);
});
afterEach(async () => {
  await matcher?.stop();
  await models.close();
  await log.close();
});

const start = async (changes: Record<string, string> = {}) => {
  await matcher?.stop();
  matcher = await startMatcher({ ...env, ...changes });
};
const partition = ({ people }: SaidByMatcher) =>
  [...Map.groupBy(people, ([, person]) => person).values()].map((records) => records.map(([subject]) => subject).sort().join()).sort(); // prettier-ignore

test('while a stricter model is worked out beside, what comes is decided by the live one; dropped, nothing of it is left', async () => {
  await start();
  await saidAfter(env, await log.publish(Object.values(PEOPLE_HARD_TO_MATCH).flat()));
  await models.propose(STRICT);
  const at = await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER)]);
  const said = await saidAfter(env, at);
  expect(said.peopleAmong(at.map(({ subject }) => subject))).toBe(1);
  await models.untilBuilt();
  const [a, b] = at.map(({ subject }) => subject) as [string, string];
  expect(await models.wouldBeOne(a, b)).toBe(false);
  expect(await models.ask('drop')).toBe('dropped');
  expect(await models.leftOver()).toBe(0);
  expect(partition(await SaidByMatcher.read(env))).toEqual(partition(said));
});

test('a proposed model that this version can’t use is dropped, and deciding goes on', async () => {
  await start();
  await models.propose({ ...STRICT, comparisons: [...STRICT.comparisons, { output_column_name: 'shoe_size', comparison_levels: [] }] });
  await eventually('it was dropped', async () => (await models.stateOfLast()) === 'dropped');
  await saidAfter(env, await log.publish([recorded('mosaic', 'a', 1)]));
});

test('a switch to a model that is not built, that nobody has approved, or that something stands in the way of, is refused and not asked for any more; then it is switched to', async () => {
  await start();
  await saidAfter(env, await log.publish([recorded('mosaic', 'a', 1)]));
  await models.propose(STRICT);
  await models.untilBuilt();
  expect(await models.ask('switch')).toBe('built');
  // At once, and with all records to come to again: a step that had already begun would find it built, and approved.
  await models.client.query(`UPDATE matcher.model SET state = 'building', reached = NULL, approved_by = 'kim', wanted = 'switch'`);
  await eventually('it was refused', async () => !(await models.isWanted()));
  expect(await models.stateOfLast()).not.toBe('live');
  await models.untilBuilt();
  await models.approve();
  await models.client.query('CREATE VIEW public.of_an_analyst AS SELECT * FROM matcher.pair');
  expect(await models.ask('switch')).toBe('built');
  await saidAfter(env, await log.publish([recorded('mosaic', 'b', 1)]));
  await models.client.query('DROP VIEW public.of_an_analyst');
  expect(await models.ask('switch')).toBe('live');
});

test('switched to, it decides what comes out otherwise and says nothing again that stays; the people are those of a matcher begun with it', async () => {
  await start();
  const before = await saidAfter(env, await log.publish(Object.values(PEOPLE_HARD_TO_MATCH).flat()));
  await models.propose(STRICT);
  await models.untilBuilt();
  await models.approve();
  expect(await models.ask('switch')).toBe('live');
  const at = await log.publish([recorded('mosaic', 'x', 1)]);
  const after = await saidAfter(env, at);
  expect(await models.leftOver()).toBe(0);
  const fresh = await matcherBegunWithStrict();
  expect(partition(after)).toEqual(partition(fresh));
  expect(partition(after).length).toBeGreaterThan(partition(before).length);

  const numbers = new Set(after.all.map(({ decision }) => decision.decision));
  expect(numbers.size).toBeGreaterThan(0);
  const assigned = after.all.flatMap(({ decision }) => (decision.type === 'RecordAssigned' ? [decision] : []));
  const chosen = after.all.find(({ decision }) => decision.type === 'MatchModelChosen')!.decision;
  const known = new Map(before.people);
  for (const { subject, person, decision } of assigned.toSorted((one, other) => one.decision - other.decision))
    if (decision > chosen.decision && known.get(subject) === person) expect(before.reasons.get(subject)).not.toBe(after.reasons.get(subject)); // prettier-ignore
});

test('while what comes out otherwise is being decided, new records are decided too, and it is not said that everything is', async () => {
  await start();
  await saidAfter(env, await log.publish(knownTwice(300)));
  await models.propose(STRICT);
  await models.untilBuilt();
  await models.approve();
  await models.slowDown();
  await models.client.query(`UPDATE matcher.model SET wanted = 'switch'`);
  await eventually('the switch had begun', () => models.isSwitching());
  const [later] = await log.publish([recorded('mosaic', 'later', 1)]);
  const { switching, said } = await eventually('what came was decided', async () => {
    const before = { switching: await models.isSwitching(), said: await SaidByMatcher.read(env) };
    return before.said.people.has(later!.subject) && before;
  });
  expect([switching, said.covers(later!)]).toEqual([true, false]);
  expect((await saidAfter(env, [later!])).covers(later!)).toBe(true);
  expect(await models.isSwitching()).toBe(false);
});

test('a matcher that makes its state anew begins a proposed model again: what was approved stood on other records', async () => {
  await start();
  await saidAfter(env, await log.publish(Object.values(PEOPLE_HARD_TO_MATCH).flat()));
  await models.propose(STRICT);
  await models.untilBuilt();
  await models.approve();
  await start({ MATCH_MODEL_FILE: matchModelFile({ model_version: 'another-1' }) });
  await eventually('it was begun again', async () => (await models.client.query('SELECT FROM matcher.model WHERE approved_by IS NULL')).rowCount === 1); // prettier-ignore
  await models.untilBuilt();
  const { rows } = await models.client.query('SELECT count(*) = (SELECT count(*) FROM matcher.record) AS whole FROM matcher.candidate_record'); // prettier-ignore
  expect(rows).toEqual([{ whole: true }]);
});

test('a matcher that has lost its state goes on with the model that was approved, not with the one of its settings', async () => {
  await start();
  const at = await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER)]);
  const subjects = at.map(({ subject }) => subject);
  expect((await saidAfter(env, at)).peopleAmong(subjects)).toBe(1);
  await models.propose(STRICT);
  await models.untilBuilt();
  await models.approve();
  await models.ask('switch');
  await eventually('they were parted', async () => (await SaidByMatcher.read(env)).peopleAmong(subjects) === 2);
  await start({ MATCHER_URL: await freshDatabase('matcher') });
  const said = await saidAfter(env, await log.publish([recorded('mosaic', 'x', 1)]));
  expect(said.peopleAmong(subjects)).toBe(2);
});

/** The same log, as a matcher without any state and with the strict model from the beginning decides it. */
async function matcherBegunWithStrict(): Promise<SaidByMatcher> {
  const { KEY_STORE_URL, KEY_ENCRYPTION_KEY, KEY_LOOKUP_SECRET } = env;
  const other = { ...(await appEnv()), KEY_STORE_URL: KEY_STORE_URL!, KEY_ENCRYPTION_KEY: KEY_ENCRYPTION_KEY!, KEY_LOOKUP_SECRET: KEY_LOOKUP_SECRET! }; // prettier-ignore
  const others = await SealedLog.open(other);
  const messages = await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).involvementLog);
  const places = await others.publishRaw(messages.map(({ key, partition, value }) => ({ key: key!, partition, value })));
  await others.close();
  const begun = await startMatcher({ ...other, MATCH_MODEL_FILE: matchModelFile(STRICT) });
  try {
    return await saidAfter(other, places);
  } finally {
    await begun.stop();
  }
}
