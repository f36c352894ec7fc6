import type { Random } from '../../apps/demo/src/random.js';
import type { Drill } from './harness/drill.js';
import { readTopic } from './judge/read-topic.js';

/** Everything comes again and again, in any order, and some of it for the first time when it is long out of date. */
export const duplicates: Drill = {
  name: 'duplicates',
  what: 'events tenfold, shuffled, and others a month late',
  async run(scene) {
    const load = scene.startLoad({ perSecond: 0 });
    const late = load.holdBack(100);
    await load.burst(scene.short ? 400 : 3_000);
    await scene.projector();
    await scene.untilCaughtUp();
    const { messages } = await readTopic(scene.kafka, scene.topics.involvementLog);
    const tenfold = Array.from({ length: scene.short ? 3 : 10 }, () => messages).flat();
    await scene.log.publishRaw(
      shuffled(scene.chance, tenfold).map(({ key, partition, value }) => ({ key: key!, partition, value: value! })),
    );
    await late();
    await scene.untilCaughtUp();
  },
};

function shuffled<T>(chance: Random, list: readonly T[]): T[] {
  const left = [...list];
  for (let last = left.length - 1; last > 0; last -= 1) {
    const other = chance.int(0, last);
    [left[last], left[other]] = [left[other]!, left[last]!];
  }
  return left;
}
