import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import type { Drill } from './harness/drill.js';
import type { Scene } from './harness/scene.js';
import type { SteadyLoad } from './harness/steady-load.js';

/** Longer than the session of a group's member, 10 s. */
const ASLEEP_MS = [12_000, 25_000] as const;

/**
 * A projector is stopped (SIGSTOP) for longer than its session, with a transaction on its way that the network delivers late. Another takes
 * over meanwhile. What the woken one then tries to write must be refused.
 */
export const stoppedAndWoken: Drill = {
  name: 'stopped-and-woken',
  what: 'SIGSTOP of a projector for longer than its session, another takes over, SIGCONT',
  async run(scene) {
    const load = scene.startLoad({ perSecond: 0 });
    for (let round = 0; round < (scene.short ? 1 : 2); round += 1) await withATransactionOnItsWay(scene, load);
    for (let round = 0; round < (scene.short ? 0 : 3); round += 1) await whateverItIsDoing(scene, load);
    await scene.projector();
  },
};

async function withATransactionOnItsWay(scene: Scene, load: SteadyLoad): Promise<void> {
  const { proxy, toReadModel } = await scene.wayToDatabase();
  const sleeper = await scene.projector(toReadModel);
  await load.burst(200);
  await scene.untilCaughtUp();
  proxy.hold('asked');
  await load.burst(200);
  await eventually('a transaction was on its way', async () => proxy.waiting.asked > 0);
  sleeper.signal('SIGSTOP');
  const successor = await scene.projector();
  await scene.untilCaughtUp();
  sleeper.signal('SIGCONT');
  proxy.pass();
  await bothGoOn(scene, load, sleeper, successor);
}

async function whateverItIsDoing(scene: Scene, load: SteadyLoad): Promise<void> {
  const [sleeper, successor] = await Promise.all([scene.projector({ PROJECTOR_BATCH: '20' }), scene.projector()]);
  const publishing = load.burst(3_000);
  await pause(scene.chance.int(0, 800));
  sleeper.signal('SIGSTOP');
  await pause(scene.chance.int(...ASLEEP_MS));
  sleeper.signal('SIGCONT');
  await publishing;
  await bothGoOn(scene, load, sleeper, successor);
}

async function bothGoOn(scene: Scene, load: SteadyLoad, sleeper: SpawnedApp, successor: SpawnedApp): Promise<void> {
  await load.burst(200);
  await eventually('the woken one was back', () => sleeper.isReady(), { within: 60_000 });
  await load.burst(200);
  await scene.untilCaughtUp();
  await Promise.all([sleeper.stop(), successor.stop()]);
}
