import { setTimeout as pause } from 'node:timers/promises';
import type { Drill } from './harness/drill.js';

/** PostgreSQL ends in the middle of everything and recovers: the projector's last commits may be forgotten, and are made again. */
export const databaseEnds: Drill = {
  name: 'database-ends',
  what: 'the database is stopped at once and killed, under load',
  needsServers: true,
  async run(scene) {
    await scene.projector();
    scene.startLoad();
    await scene.untilApplied(200);
    for (let time = 0; time < (scene.short ? 1 : 4); time += 1) {
      await scene.servers.endDatabase(time % 2 === 0 ? 'kill' : 'immediate');
      await pause(scene.chance.int(500, 4_000));
      await scene.servers.startDatabase();
      await scene.untilApplied(100, 60_000);
    }
  },
};
