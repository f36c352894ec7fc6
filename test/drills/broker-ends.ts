import { setTimeout as pause } from 'node:timers/promises';
import { throughIngest } from './harness/door.js';
import type { Drill } from './harness/drill.js';

/** The broker stops or is killed and comes back, while sources publish through the real door and the projector reads. */
export const brokerEnds: Drill = {
  name: 'broker-ends',
  what: 'the broker is stopped and killed, five times, while sources publish through ingest',
  needsServers: true,
  async run(scene) {
    const [ingest] = await Promise.all([scene.app('ingest'), scene.projector()]);
    scene.startLoad({ door: throughIngest(ingest.url), perSecond: 100 });
    await scene.untilApplied(100);
    for (let time = 0; time < (scene.short ? 1 : 5); time += 1) {
      if (scene.short || time % 2 === 0) await scene.servers.killBroker();
      else await scene.servers.stopBroker();
      await pause(scene.chance.int(500, 4_000));
      await scene.servers.startBroker();
      await scene.untilApplied(100, 90_000);
    }
  },
};
