import { askForGeneration } from '#lib/read-model';
import { abortTransaction } from '../support/aborted-transaction.js';
import type { Drill } from './harness/drill.js';
import { compareAndSwitch, untilReady } from './harness/generations.js';
import type { Scene } from './harness/scene.js';

/** Offsets that hold no message, among events and at the end of both logs: nothing waits for them, and nothing is missed from the tally. */
export const holes: Drill = {
  name: 'holes',
  what: 'aborted transactions among events and at the end of both logs; kill -9 of the projector, and a rebuild, behind them',
  async run(scene) {
    const load = scene.startLoad();
    const first = await scene.projector();
    for (let round = 0; round < (scene.short ? 1 : 5); round += 1) {
      await scene.untilApplied(50);
      await abortEverywhere(scene);
    }
    await scene.stopLoad();
    await abortEverywhere(scene);
    await scene.untilCaughtUp();
    await first.kill();
    await scene.projector();
    await scene.upkeep();
    const id = await askForGeneration(scene.pool);
    await untilReady(scene, id);
    await scene.untilCaughtUp();
    await load.burst(100);
    await compareAndSwitch(scene, id);
    await abortEverywhere(scene);
  },
};

async function abortEverywhere(scene: Scene): Promise<void> {
  const { involvementLog, identityLog } = scene.topics;
  for (const topic of [involvementLog, identityLog])
    for (let partition = 0; partition < Number(scene.env.TOPIC_PARTITIONS); partition += 1)
      await abortTransaction(scene.kafka, topic, partition, scene.chance.int(1, 3));
}
