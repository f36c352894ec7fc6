/** A match model from its proposal to its switch, as typed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { userInfo } from 'node:os';
import { readAudit } from '#lib/audit';
import { DEFAULT_MODEL } from '#lib/matching';
import type { Running } from '#lib/runtime';
import { startMatcher } from '../apps/matcher/src/start.js';
import { startProjector } from '../apps/projector/src/start.js';
import { appEnv } from './support/app-env.js';
import { matchModelFile } from './support/match-model.js';
import { ops } from './support/ops.js';
import { known, MOTHER } from './support/people-hard-to-match.js';
import { ProposedModels, STRICT } from './support/proposed-models.js';
import { saidAfter, SaidByMatcher } from './support/said-by-matcher.js';
import { SealedLog } from './support/sealed-log.js';

let env: Record<string, string>;
let log: SealedLog;
let models: ProposedModels;
let subjects: string[];
const running: Running[] = [];

beforeAll(async () => {
  env = await appEnv();
  log = await SealedLog.open(env);
  running.push(await startMatcher(env), await startProjector(env));
  const at = await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER), known('synergy', 'c', 1, MOTHER)]);
  subjects = at.map(({ subject }) => subject);
  expect((await saidAfter(env, at)).peopleAmong(subjects)).toBe(1);
  models = await ProposedModels.open(env.MATCHER_URL!);
});
afterAll(async () => {
  await models?.close();
  await Promise.all(running.map((one) => one.stop()));
  await log?.close();
});

const model = (...args: string[]) => ops(env, 'match', 'model', ...args);
const withFrequencies = DEFAULT_MODEL.comparisons.map((one) => ({
  ...one,
  comparison_levels: one.comparison_levels.map((level) => ({ ...level, tf_adjustment_column: level.label_for_charts === 'same' ? one.output_column_name : undefined })),
})); // prettier-ignore
/** As Splink saves it: with what nothing here reads. */
const strict = () => matchModelFile({ ...STRICT, term_frequencies: { surname: { quilliam: 0.0001 } } });
const compared = async () =>
  JSON.parse((await model('--compare', '--json')).text) as { code: string; counts: Record<string, unknown>; withCare: number };

test('a file with a mistake, or with names that few people have, is refused at once, and nothing is proposed', async () => {
  const wrong = matchModelFile({ zones: { join: 1, review: 5, sensitive: { join: 1, review: 5 } } });
  const { code, failure } = await model('--propose', wrong, '--reason', 'trained');
  expect([code, failure]).toEqual([1, expect.stringContaining('zones: should have join and review in bits, review below join')]);
  expect((await model('--propose', 'nowhere.json', '--reason', 'x')).failure).toContain('nowhere.json can’t be read'.replace('’', "'"));
  const rare = matchModelFile({ comparisons: withFrequencies, term_frequencies: { family_name: { quilliam: 0.0001 } } });
  const refused = (await model('--propose', rare, '--reason', 'trained')).failure;
  expect(refused).toContain('term_frequencies.family_name: 1 of 1 values have a share below');
  expect(refused).not.toContain('quilliam');
  expect((await model()).text).toContain('None was ever proposed');
});

test('who proposes a model can’t approve it, whoever approves names what was counted, and then it is switched to', async () => {
  expect((await model('--propose', strict(), '--dry-run')).text).toContain('Nothing is wrong with strict-1');
  expect((await model('--propose', strict(), '--reason', 'trained anew')).code).toBe(0);
  expect((await model('--propose', strict(), '--reason', 'again')).failure).toContain('Another model is worked out already');
  expect(JSON.parse((await models.client.query<{ settings: string }>('SELECT settings FROM matcher.model')).rows[0]!.settings)).toEqual(STRICT); // prettier-ignore
  await models.untilBuilt();
  const { code, counts, withCare } = await compared();
  expect(counts).toMatchObject({ records: 3, people: { now: 1, after: 3 }, split: 1, merged: 0, moved: 2, joinsLost: 3, joinsGained: 0 });
  expect(withCare).toBe(2);
  const table = (await model('--compare', '--pairs', '2')).text;
  expect(table).toContain('and 1 more: --pairs shows more of them.');
  expect(table).toMatch(/cis \+ mosaic +0 +1/);
  expect(table).toMatch(new RegExp(`lost +${[...subjects].sort()[0]}.*join`));

  expect((await model('--switch', '--reason', 'now')).failure).toContain('is not approved');
  expect((await model('--approve', '00000000', '--reason', 'seen')).failure).toContain('No comparison 00000000');
  expect((await model('--approve', code, '--reason', 'seen')).failure).toContain('somebody else approves it');
  await models.client.query(`UPDATE matcher.model SET proposed_by = 'robin'`);
  expect((await model('--approve', code, '--reason', 'seen')).code).toBe(0);
  expect((await readAudit(env.AUDIT_URL!, { last: 1 }))[0]).toMatchObject({
    action: 'operated',
    reason: 'seen',
    reader: userInfo().username,
  });

  expect((await model('--switch', '--dry-run')).text).toContain('would not be refused');
  expect((await model('--switch', '--reason', 'tonight')).text).toContain('matched by strict-1');
  expect((await SaidByMatcher.read(env)).peopleAmong(subjects)).toBe(3);
});

test('the model before is proposed again, and an approval of other counts than today’s is refused', async () => {
  const pair = ['--one', subjects[0]!, '--other', subjects[1]!];
  expect((await ops(env, 'match', 'rule', ...pair, '--decision', 'same', '--code', 'seen-both', '--reason', 'one mother')).code).toBe(0);
  expect((await model('--back', '--reason', 'too many reviews')).text).toContain('default-1 is proposed');
  await models.untilBuilt();
  const { code, counts } = await compared();
  expect(counts).toMatchObject({ people: { now: 2, after: 1 }, merged: 1, joinsGained: 2, rulingsAgainst: { now: 1, after: 0 } });
  await models.client.query(`UPDATE matcher.model SET proposed_by = 'robin' WHERE state = 'built'`);
  // As though other joins had been counted, and nothing had come since.
  await models.client.query(`UPDATE matcher.candidate_record SET person = gen_random_uuid()`);
  expect((await model('--approve', code, '--reason', 'seen')).failure).toContain('look again');
  expect((await model('--drop', '--reason', 'no need')).text).toContain('is dropped');
  expect(await models.leftOver()).toBe(0);
});
