import { setTimeout as pause } from 'node:timers/promises';
import { matcherDrill } from './harness/matching-stage.js';

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
