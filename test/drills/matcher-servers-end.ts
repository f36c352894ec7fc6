import { setTimeout as pause } from 'node:timers/promises';
import { logEnds } from '#lib/kafka';
import { eventually } from '../support/eventually.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';

/** As good as at once: the sender is woken by whoever decides. */
const SENT_WITHIN_MS = 1_000;

/** PostgreSQL ends in the middle of everything and recovers: the matcher's lock is gone with it, and what it was deciding. */
export const matcherDatabaseEnds = matcherDrill({
  name: 'matcher-database-ends',
  what: 'the matcher’s database is stopped at once and killed, while stewards rule',
  needsServers: true,
  async run(stage) {
    const { scene } = stage;
    await stage.matcher();
    stage.stewards.call();
    await stage.untilDecided(50);
    for (let time = 0; time < (scene.short ? 1 : 4); time += 1) {
      await scene.servers.endDatabase(time % 2 === 0 ? 'kill' : 'immediate');
      await pause(scene.chance.int(500, 4_000));
      await scene.servers.startDatabase();
      await stage.untilDecided(50, 60_000);
    }
  },
});

/** The broker ends and returns: decisions wait in the outbox, and no announcement comes before them. */
export const matcherBrokerEnds = matcherDrill({
  name: 'matcher-broker-ends',
  what: 'the broker is stopped and killed under the matcher, while stewards rule',
  needsServers: true,
  async run(stage) {
    const { scene } = stage;
    await stage.matcher();
    stage.stewards.call();
    await stage.untilDecided(50);
    for (let time = 0; time < (scene.short ? 1 : 4); time += 1) {
      if (time % 2 === 0) await scene.servers.killBroker();
      else await scene.servers.stopBroker();
      await pause(scene.chance.int(500, 4_000));
      await scene.servers.startBroker();
      await stage.untilDecided(50, 90_000);
    }
  },
});

/** The broker is killed before it has decisions that were sent to it, and with decisions that the matcher was not told it has. */
export const matcherBrokerEndsAsItSends = matcherDrill({
  name: 'matcher-broker-ends-as-it-sends',
  what: 'the broker is killed under the matcher with decisions on their way to it, and with its answer on the way back',
  needsServers: true,
  perSecond: 0,
  async run(stage) {
    const { scene, load, stewards } = stage;
    await stage.matcher(scene.byWayOfProxy());
    for (let time = 0; time < (scene.short ? 1 : 3); time += 1) {
      for (const way of ['asked', 'answered'] as const) {
        await load.burst(200);
        await stage.untilAllDecided();
        await killedWith(stage, way);
      }
    }
    await load.burst(50);
    await stewards.ask();
  },
});

/** A ruling comes by the database, so it is followed although nothing of the broker comes through. */
async function killedWith({ scene, stewards, state }: MatchingStage, way: 'asked' | 'answered'): Promise<void> {
  const { servers, kafka, topics } = scene;
  const said = async () => (await logEnds(kafka, topics.identityLog)).reduce((sum, { offset }) => sum + offset, 0);
  // A broker that has just come up does not know yet who leads what.
  const from = await eventually('the broker answered', async () => ({ said: await said() }), { within: 60_000 });
  servers.wayToBroker.hold(way);
  await stewards.ask();
  await eventually('the decision waited', () => state.on(async (pool) => (await pool.query('SELECT FROM matcher.outbox')).rows.length > 0));
  if (way === 'answered') await eventually('the broker had it', async () => (await said()) > from.said);
  else await eventually('it was on its way', async () => servers.wayToBroker.waiting.asked > 0);
  await pause(SENT_WITHIN_MS);
  await servers.killBroker();
  servers.wayToBroker.cut();
  await pause(scene.chance.int(500, 4_000));
  servers.wayToBroker.pass();
  await servers.startBroker();
}
