import { setTimeout as pause } from 'node:timers/promises';
import type { Drill } from './harness/drill.js';
import { ask, done } from './harness/generations.js';
import { whileItWaits } from './harness/while-it-waits.js';

/** Rows are lost by accident, and everything is applied again by a process that is killed in the middle, while events flow on. */
export const replayKilled: Drill = {
  name: 'replay-killed',
  what: 'rows lost; kill -9 of a replay, replays repeated, under load',
  async run(scene) {
    const load = scene.startLoad({ perSecond: scene.short ? 50 : 150 });
    await scene.projector();
    await load.burst(scene.short ? 600 : 8_000);
    await scene.untilCaughtUp();
    scene.lookAway();
    const { rowCount } = await scene.pool.query(`DELETE FROM read_1.involvement WHERE hashtext(involvement_id) % 3 = 0`);
    const request = await ask(scene, 'replay', {});
    const first = await scene.upkeep(scene.named('upkeep'), { awaited: false });
    await whileItWaits(scene, { statement: 'INSERT INTO read_1.involvement', by: 'upkeep' }, () => first.kill());
    for (let time = 0; time < (scene.short ? 0 : 4); time += 1) {
      const upkeep = await scene.upkeep();
      await pause(scene.chance.int(0, 1_500));
      await upkeep.kill();
    }
    await scene.upkeep();
    const { outcome } = await done(scene, request);
    for (const again of [{ source: 'niche' }, { since: Date.now() - 20_000 }]) await done(scene, await ask(scene, 'replay', again));
    scene.notes.push(`${rowCount} rows were lost; the first replay read ${String(outcome?.read)} events`);
  },
};
