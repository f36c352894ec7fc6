/** Models that were approved under another version of ours. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { MatchSettings } from '#lib/matching';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { matchModelFile } from '../../../../test/support/match-model.js';
import { known, MOTHER } from '../../../../test/support/people-hard-to-match.js';
import { ProposedModels, STRICT } from '../../../../test/support/proposed-models.js';
import { saidAfter, type SaidByMatcher } from '../../../../test/support/said-by-matcher.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { startMatcher } from '../start.js';

/** As a version of ours would have it that knew neither nicknames nor property numbers. */
const OLD: MatchSettings = {
  ...STRICT,
  comparisons: STRICT.comparisons
    .filter(({ output_column_name: name }) => name !== 'uprn')
    .map((one) => ({ ...one, comparison_levels: one.comparison_levels.filter(({ label_for_charts: level }) => level !== 'nickname') })),
};
/** The same of one that compares telephone numbers. */
const NEWER = { ...STRICT, comparisons: [...STRICT.comparisons, { output_column_name: 'phone', comparison_levels: [] }] };

let env: Record<string, string>;
let log: SealedLog;
let models: ProposedModels;
let matcher: Running;
let subjects: string[];

beforeEach(async () => {
  env = await appEnv();
  log = await SealedLog.open(env);
  models = await ProposedModels.open(env.MATCHER_URL!);
  matcher = await startMatcher(env);
  const at = await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER)]);
  subjects = at.map(({ subject }) => subject);
  await saidAfter(env, at);
});
afterEach(async () => {
  await matcher.stop();
  await models.close();
  await log.close();
});

async function switchTo(settings: MatchSettings): Promise<void> {
  await models.propose(settings);
  await models.untilBuilt();
  await models.approve();
  expect(await models.ask('switch')).toBe('live');
}
async function restart(settings = env): Promise<void> {
  await matcher.stop();
  matcher = await startMatcher(settings);
}
const hasHalted = async () => /^matcher_halted\{.*\} 1$/m.test(await (await fetch(`${matcher.url}/metrics`)).text());
let records = 0;
const anotherRecord = async (): Promise<SaidByMatcher> =>
  saidAfter(env, await log.publish([known('synergy', `c${(records += 1)}`, 1, MOTHER)]));
const former = async (url: string) => {
  const others = await ProposedModels.open(url);
  const { rows } = await others.client.query<{ settings: string; decision: string | null }>(
    `SELECT settings, decision FROM matcher.model WHERE state = 'former' ORDER BY decision DESC NULLS LAST`,
  );
  await others.close();
  return rows.map(({ settings, decision }) => [(JSON.parse(settings) as MatchSettings).model_version, decision === null]);
};

test('a model without a level and a comparison of ours decides as it was approved, also once the matcher has lost its state', async () => {
  await switchTo(OLD);
  const before = await anotherRecord();
  expect(before.peopleAmong(subjects)).toBe(2);

  const lost = { ...env, MATCHER_URL: await freshDatabase('matcher'), MATCH_MODEL_FILE: matchModelFile({ comparisons: [] }) };
  await restart(lost);
  const after = await anotherRecord();
  expect([...before.people].every(([subject, person]) => after.people.get(subject) === person)).toBe(true);
  const versions = after.all.flatMap(({ decision }) => (decision.type === 'RecordAssigned' ? [decision.modelVersion] : []));
  expect(versions.at(-1)).toMatch(/^strict-1\+/);
  expect(new Set(versions).size).toBe(2);
}, 60_000);

test('a matcher that has lost its state knows by which model was decided before the first that was chosen, and before the last', async () => {
  await switchTo(OLD);
  await models.client.query(`UPDATE matcher.model SET proposed_by = 'robin'`);
  await switchTo({ ...STRICT, model_version: 'strict-2' });
  await anotherRecord();
  const lost = await freshDatabase('matcher');
  await restart({ ...env, MATCHER_URL: lost });
  await anotherRecord();
  for (const url of [env.MATCHER_URL!, lost]) expect(await former(url)).toEqual([['strict-1', false], ['default-1', true]]); // prettier-ignore
}, 60_000);

test('a matcher halts where a model weighs what this version does not know, and goes on with a version that does', async () => {
  await switchTo(STRICT);
  await models.client.query(`UPDATE matcher.model SET settings = $1 WHERE state = 'live'`, [JSON.stringify(NEWER)]);
  await restart();
  await eventually('it halted', hasHalted);
  await models.client.query(`UPDATE matcher.model SET settings = $1 WHERE state = 'live'`, [JSON.stringify(STRICT)]);
  await restart();
  expect((await anotherRecord()).peopleAmong(subjects)).toBe(2);
}, 60_000);
