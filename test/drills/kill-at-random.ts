import { setTimeout as pause } from 'node:timers/promises';
import type { Drill } from './harness/drill.js';

/** The projector is killed (SIGKILL) again and again, whatever it is doing, and started anew. */
export const killAtRandom: Drill = {
  name: 'kill-at-random',
  what: 'kill -9 of the projector at random moments under load',
  async run(scene) {
    const load = scene.startLoad({ perSecond: scene.short ? 150 : 300 });
    await load.burst(scene.short ? 500 : 5_000);
    for (let killed = 0; killed < (scene.short ? 3 : 12); killed += 1) {
      const projector = await scene.projector({ PROJECTOR_BATCH: '40' }, { awaited: false });
      await scene.untilApplied(1);
      await pause(scene.chance.int(0, 700));
      await projector.kill();
    }
    await scene.projector();
  },
};
