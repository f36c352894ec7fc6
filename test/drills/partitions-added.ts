import type { Drill } from './harness/drill.js';
import { halted } from './harness/halted.js';
import { addPartitions } from './log-changes.js';

/** Somebody adds partitions to the log while it is read: keys move, and events there must not be passed over in silence. */
export const partitionsAdded: Drill = {
  name: 'partitions-added',
  what: 'the log gets more partitions than it was folded from: the projector halts',
  async run(scene) {
    const load = scene.startLoad({ perSecond: 0 });
    await load.burst(300);
    const projector = await scene.projector();
    await scene.untilCaughtUp();
    await scene.rememberLogs();
    scene.readsOn = false;
    await addPartitions(scene);
    await halted(projector, 'partitions-changed');
    await projector.stop();
    await halted(await scene.projector({}, { awaited: false }), 'partitions-changed');
  },
};
