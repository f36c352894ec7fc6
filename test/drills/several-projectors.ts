import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import type { Drill } from './harness/drill.js';

const STOP_WITHIN_MS = 10_000;

/** Projectors come and go while events flow. */
export const scale: Drill = {
  name: 'scale',
  what: 'one projector, four, two, one, under load, each stopped within 10 s',
  async run(scene) {
    const load = scene.startLoad({ perSecond: scene.short ? 150 : 300 });
    await load.burst(scene.short ? 300 : 3_000);
    const running: SpawnedApp[] = [];
    for (const wanted of [1, 4, 2, 1]) {
      const missing = Math.max(0, wanted - running.length);
      running.push(...(await Promise.all(Array.from({ length: missing }, () => scene.projector({ PROJECTOR_BATCH: '50' })))));
      const leaving = running.splice(wanted);
      for (const each of leaving) await stopInTime(each);
      await scene.untilApplied(100, 60_000);
    }
  },
};

/** Every projector is replaced, one after the other, and one is always there. */
export const rollingRestart: Drill = {
  name: 'rolling-restart',
  what: 'two projectors replaced one by one, twice, under load',
  async run(scene) {
    scene.startLoad();
    const running = await Promise.all([scene.projector(), scene.projector()]);
    for (let time = 0; time < (scene.short ? 2 : 4); time += 1) {
      await scene.untilApplied(50, 60_000);
      const fresh = await scene.projector();
      await pause(scene.chance.int(0, 500));
      await stopInTime(running.shift()!);
      running.push(fresh);
      await eventually('both were ready', async () => (await Promise.all(running.map((each) => each.isReady()))).every(Boolean), {
        within: 40_000,
      });
    }
  },
};

async function stopInTime(projector: SpawnedApp): Promise<void> {
  const from = Date.now();
  await projector.stop();
  const took = Date.now() - from;
  if (took > STOP_WITHIN_MS) throw new Error(`a projector took ${took} ms to stop`);
}
