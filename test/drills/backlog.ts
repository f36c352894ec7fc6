import kafkajs from 'kafkajs';
import { peakMemory } from '../bench/peak-memory.js';
import type { Drill } from './harness/drill.js';
import type { Scene } from './harness/scene.js';

const MEGABYTES = 400;
const LARGE_BYTES = 900_000;

/** Far more waits than fits into memory, some of it large, and small only as long as it is compressed. */
export const backlog: Drill = {
  name: 'backlog',
  what: 'a large backlog, and large messages tightly compressed: the projector stays under 400 MB',
  async run(scene) {
    const load = scene.startLoad({ perSecond: 0, records: 2_000 });
    await load.burst(scene.short ? 3_000 : 60_000, 1_000);
    await publishLarge(scene, 400);
    const projector = await scene.projector();
    await scene.untilCaughtUp(300_000);
    const peak = Math.round(peakMemory(projector.pid) / 1e6);
    scene.notes.push(`the projector took ${peak} MB`);
    if (peak >= MEGABYTES) throw new Error(`the projector took ${peak} MB`);
  },
};

/** A few of them to a request, as a topic takes no more; a fetch brings many such requests at once. */
async function publishLarge(scene: Scene, count: number): Promise<void> {
  const producer = scene.kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  const value = Buffer.alloc(LARGE_BYTES, 'x');
  for (let sent = 0; sent < count; sent += 4)
    await producer.send({
      topic: scene.topics.involvementLog,
      compression: kafkajs.CompressionTypes.GZIP,
      messages: [0, 1, 2, 3].map((partition) => ({ partition, value })),
    });
  await producer.disconnect();
}
