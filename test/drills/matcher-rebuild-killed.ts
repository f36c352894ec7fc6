import { killedWhile } from './harness/killed-while.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';

/** The state is made anew from both logs, and the matcher is killed within each part of that. */
export const matcherRebuildKilled = matcherDrill({
  name: 'matcher-rebuild-killed',
  what: 'the matcher’s state is lost; kill -9 inside taking over what was decided, inside reading the log again, and inside deciding it together',
  async run(stage) {
    const { scene, load, stewards, state } = stage;
    for (let time = 0; time < (scene.short ? 1 : 4); time += 1) {
      const first = await stage.matcher();
      stewards.call();
      load.start();
      await stage.untilDecided(100);
      await stewards.restWhenFollowed();
      await scene.stopLoad();
      await first.stop();
      await load.burst(100);
      await state.lose();
      for (const at of MOMENTS) await killedWhile(stage, await stage.matcher({}, { awaited: false }), at, async () => {});
      if (!(await isMadeAnew(stage))) throw new Error('the state was whole before the matcher was killed: the drill has missed');
    }
    await stage.matcher();
    stewards.call();
    load.start();
    await stage.untilDecided(50, 60_000);
  },
});

const MOMENTS = [
  // The last it writes of what was ruled, decided and chosen, in the transaction that takes all of it over.
  'UPDATE matcher.ruling_request',
  'UPDATE matcher.checkpoint',
  'DELETE FROM matcher.pair',
];

async function isMadeAnew({ state }: MatchingStage): Promise<boolean> {
  const asked = 'SELECT catch_up IS NOT NULL AS "madeAnew" FROM matcher.progress';
  return state.on(async (pool) => (await pool.query<{ madeAnew: boolean }>(asked)).rows[0]!.madeAnew);
}
