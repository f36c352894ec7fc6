import { peakMemory } from '../bench/peak-memory.js';
import type { Drill } from './harness/drill.js';

const MEGABYTES = 400;

/** Far more waits than fits into memory. */
export const backlog: Drill = {
  name: 'backlog',
  what: 'a large backlog: the projector stays under 400 MB',
  async run(scene) {
    const load = scene.startLoad({ perSecond: 0, records: 2_000 });
    await load.burst(scene.short ? 3_000 : 60_000, 1_000);
    const projector = await scene.projector();
    await scene.untilCaughtUp(300_000);
    const peak = Math.round(peakMemory(projector.pid) / 1e6);
    if (peak >= MEGABYTES) throw new Error(`the projector took ${peak} MB`);
  },
};
