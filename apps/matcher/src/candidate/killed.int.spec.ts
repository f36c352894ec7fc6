import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { known, MOTHER } from '../../../../test/support/people-hard-to-match.js';
import { knownTwice, ProposedModels, STRICT } from '../../../../test/support/proposed-models.js';
import { saidAfter } from '../../../../test/support/said-by-matcher.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { SpawnedApp } from '../../../../test/support/spawned-app.js';

let env: Record<string, string>;
let log: SealedLog;
let models: ProposedModels;
let matcher: SpawnedApp | undefined;

beforeEach(async () => {
  env = await appEnv();
  log = await SealedLog.open(env);
  models = await ProposedModels.open(env.MATCHER_URL!);
  matcher = await SpawnedApp.start('matcher', env);
});
afterEach(async () => {
  await matcher?.stop();
  await models.close();
  await log.close();
});

/** Ends the matcher at once as soon as the database says so, and starts it again. */
async function killedOnce(what: string, where: string): Promise<void> {
  await eventually(what, async () => (await models.client.query(`SELECT ${where} AS holds`)).rows[0]?.holds as boolean, { within: 30_000 }); // prettier-ignore
  await matcher!.kill();
  matcher = await SpawnedApp.start('matcher', env, { awaited: false });
}
const PAIRS = 400;
const WAITING = 'EXISTS (SELECT FROM matcher.record WHERE waiting IS NOT NULL)';

test('killed while it builds and while it switches, a matcher ends with the new model’s people, and gives no number twice', async () => {
  const at = await log.publish(knownTwice(PAIRS));
  const before = await saidAfter(env, at);
  const subjects = at.map(({ subject }) => subject);
  expect(before.peopleAmong(subjects)).toBeLessThan(PAIRS * 1.5);

  await models.propose(STRICT);
  await killedOnce('some records were compared', `EXISTS (SELECT FROM matcher.model WHERE compared > 100 AND state = 'building')`);
  await models.untilBuilt();
  await models.approve();
  await models.slowDown();
  await models.client.query(`UPDATE matcher.model SET wanted = 'switch'`);
  await killedOnce('nothing was decided otherwise yet', WAITING);
  await killedOnce('some were decided otherwise', `${WAITING} AND (SELECT last_decision - model.decision > 50 FROM matcher.progress, matcher.model WHERE state = 'live')`); // prettier-ignore
  const said = await saidAfter(env, await log.publish([known('cis', 'later', 1, MOTHER)]));
  expect(said.peopleAmong(subjects)).toBe(subjects.length);
  const contents = Map.groupBy(said.all, ({ decision, partition }) => `${decision.decision} ${decision.type === 'MatchedUpTo' ? partition : ''}`); // prettier-ignore
  for (const same of contents.values()) expect(new Set(same.map(({ decision }) => JSON.stringify(decision))).size).toBe(1);
  expect(
    new Set(said.all.filter(({ decision }) => decision.type === 'MatchModelChosen').map(({ decision }) => decision.decision)).size,
  ).toBe(1);
}, 120_000);
