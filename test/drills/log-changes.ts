import { ensureTopics } from '#lib/kafka';
import { eventually } from '../support/eventually.js';
import type { Drill } from './harness/drill.js';
import { halted } from './harness/halted.js';
import type { Scene } from './harness/scene.js';

/** Events are deleted from the log that were not folded yet. */
export const logTruncated: Drill = {
  name: 'log-truncated',
  what: 'the log loses events above the checkpoint: the projector halts and skips nothing',
  async run(scene) {
    await foldedThenStopped(scene);
    await deleteAllButTheLast(scene);
    const projector = await scene.projector({}, { awaited: false });
    await halted(projector, 'log-truncated');
  },
};

/** The log is deleted and made again, with other events at the same offsets. */
export const topicMadeAgain: Drill = {
  name: 'topic-made-again',
  what: 'the log is deleted, made again and filled: the projector halts and skips nothing',
  async run(scene) {
    await foldedThenStopped(scene);
    await makeAgain(scene, scene.topics.involvementLog);
    await fillAnew(scene);
    const projector = await scene.projector({}, { awaited: false });
    await halted(projector, 'log-replaced');
  },
};

/** A projector has folded, is gone, and more has come. From here on nobody reads on. */
async function foldedThenStopped(scene: Scene): Promise<void> {
  const load = scene.startLoad({ perSecond: 0 });
  await load.burst(300);
  const projector = await scene.projector();
  await scene.untilCaughtUp();
  await projector.stop();
  await load.burst(300);
  await scene.rememberLogs();
  scene.readsOn = false;
}

export async function deleteAllButTheLast(scene: Scene): Promise<void> {
  const topic = scene.topics.involvementLog;
  const admin = scene.kafka.admin();
  await admin.connect();
  // kafkajs only deletes from topics whose offsets it was asked for before.
  const offsets = await admin.fetchTopicOffsets(topic);
  const partitions = offsets.map(({ partition, high }) => ({ partition, offset: String(Number(high) - 1) }));
  await admin.deleteTopicRecords({ topic, partitions });
  await admin.disconnect();
}

export async function makeAgain(scene: Scene, topic: string): Promise<void> {
  const admin = scene.kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await eventually('the topic was gone', async () => !(await admin.listTopics()).includes(topic));
  await admin.disconnect();
  await ensureTopics(scene.kafka, [{ name: topic, partitions: 4, config: {} }]);
}

/** With other events than stood there. */
export async function fillAnew(scene: Scene): Promise<void> {
  const load = scene.anotherLoad();
  await eventually('the new log was filled', async () => (await load.burst(1_500), true), { within: 30_000 });
}

export async function addPartitions(scene: Scene): Promise<void> {
  const admin = scene.kafka.admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic: scene.topics.involvementLog, count: 6 }] });
  await admin.disconnect();
}
