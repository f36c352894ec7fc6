import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { known, MOTHER } from '../../../../test/support/people-hard-to-match.js';
import { ProposedModels, STRICT } from '../../../../test/support/proposed-models.js';
import { saidAfter, SaidByMatcher } from '../../../../test/support/said-by-matcher.js';
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

const PAIRS = 400;
/** Two sources know each of these people; a strict model parts all of them. */
const people = () => {
  const born = (at: number) => `${1950 + (at % 60)}-0${1 + (at % 9)}-${10 + (at % 19)}`;
  return Array.from({ length: PAIRS }, (_, at) => ({
    ...MOTHER,
    family: `Brennan${'abcdefghij'[at % 10]}${'klmnopqrst'[Math.floor(at / 10) % 10]}`,
    given: `Si${'uvwxyzabcd'[Math.floor(at / 100)]}n`,
    born: born(at),
    nhs: undefined,
  })) // prettier-ignore
    .flatMap((one, at) => ['mosaic', 'cis'].map((source) => known(source, `k${at}`, 1, one)));
};

async function killed(): Promise<void> {
  await matcher!.kill();
  matcher = await SpawnedApp.start('matcher', env);
}

test('killed again and again while it builds and while it switches, a matcher ends with the new model’s people, and gives no number twice', async () => {
  const at = await log.publish(people());
  const before = await saidAfter(env, at);
  const subjects = at.map(({ subject }) => subject);
  expect(before.peopleAmong(subjects)).toBeLessThan(PAIRS * 1.5);
  await models.propose(STRICT);
  for (const afterMs of [300, 700]) {
    await pause(afterMs);
    await killed();
  }
  await models.untilBuilt();
  await models.approve();
  await models.client.query(`UPDATE matcher.model SET wanted = 'switch'`);
  for (const afterMs of [30, 120]) {
    await pause(afterMs);
    await killed();
  }
  const said = await eventually('all were parted', async () => {
    const now = await SaidByMatcher.read(env);
    return now.peopleAmong(subjects) === subjects.length && now;
  });
  const contents = Map.groupBy(said.all, ({ decision, partition }) => `${decision.decision} ${decision.type === 'MatchedUpTo' ? partition : ''}`); // prettier-ignore
  for (const same of contents.values()) expect(new Set(same.map(({ decision }) => JSON.stringify(decision))).size).toBe(1);
  const last = await saidAfter(env, await log.publish([known('cis', 'later', 1, MOTHER)]));
  expect(last.all.filter(({ decision }) => decision.type === 'MatchModelChosen').length).toBeGreaterThanOrEqual(1);
}, 120_000);
