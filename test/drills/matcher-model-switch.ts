import { DEFAULT_MODEL, type MatchSettings } from '#lib/matching';
import { eventually } from '../support/eventually.js';
import { ProposedModels, STRICT } from '../support/proposed-models.js';
import { killedWhile } from './harness/killed-while.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';

/** Another model is worked out beside the live one and switched to; the matcher is killed within each of it, under load. */
export const matcherModelSwitchKilled = matcherDrill({
  name: 'matcher-model-switch-killed',
  what: 'kill -9 of the matcher inside building another model, inside the switch to it, and while it decides anew, while stewards rule',
  perSecond: 50,
  async run(stage) {
    const { scene, stewards, state } = stage;
    const models = await ProposedModels.open(state.url);
    scene.whenOver(() => models.close());
    await models.slowDown();
    stewards.call();
    // There, and back again.
    for (const settings of scene.short ? [STRICT] : [STRICT, DEFAULT_MODEL, STRICT]) {
      await insideBuilding(stage, models, settings);
      await insideTheSwitch(stage, models);
      await whileDecidingAnew(stage, models);
    }
    await stage.matcher();
    await stage.untilDecided(20);
  },
});

async function insideBuilding(stage: MatchingStage, models: ProposedModels, settings: MatchSettings): Promise<void> {
  const matcher = await stage.matcher();
  await stage.untilDecided(100);
  await killedWhile(stage, matcher, 'INSERT INTO matcher.candidate_record', () => models.propose(settings));
}

/** Its pairs are the live ones and its decision is written, and nobody can see it. */
async function insideTheSwitch(stage: MatchingStage, models: ProposedModels): Promise<void> {
  const matcher = await stage.matcher();
  await eventually('the model was built', async () => (await models.stateOfLast()) === 'built', { within: 60_000 });
  await models.approve();
  await killedWhile(stage, matcher, `UPDATE matcher.model SET state = 'former'`, () => wish(models));
  if ((await models.stateOfLast()) !== 'built') throw new Error('the model is live although the switch was killed before its end');
}

async function whileDecidingAnew(stage: MatchingStage, models: ProposedModels): Promise<void> {
  const matcher = await stage.matcher({}, { awaited: false });
  await eventually('it was switched to', async () => (await models.stateOfLast()) === 'live', { within: 60_000 });
  const missed = !(await models.isSwitching());
  await matcher.kill();
  if (missed) throw new Error('nothing was left to be decided anew: the drill has missed');
}

const wish = (models: ProposedModels) => models.client.query(`UPDATE matcher.model SET wanted = 'switch' WHERE state = 'built'`);
