import { setTimeout as pause } from 'node:timers/promises';
import type { TcpProxy } from '../support/tcp-proxy.js';
import type { Drill } from './harness/drill.js';
import type { Scene } from './harness/scene.js';

/** The network between projector and broker fails in every way a network can. */
export const networkToBroker: Drill = {
  name: 'network-to-broker',
  what: 'cut, half-open, forgotten, reset, sliced, slow: between projector and broker',
  needsServers: true,
  async run(scene) {
    await scene.projector(scene.byWayOfProxy());
    scene.startLoad();
    await failInEveryWay(scene, scene.servers.wayToBroker);
  },
};

export const networkToDatabase: Drill = {
  name: 'network-to-database',
  what: 'cut, half-open, forgotten, reset, sliced, slow: between projector and both databases',
  async run(scene) {
    const { proxy, toBoth } = await scene.wayToDatabase();
    await scene.projector(toBoth);
    scene.startLoad();
    await failInEveryWay(scene, proxy);
  },
};

async function failInEveryWay(scene: Scene, proxy: TcpProxy): Promise<void> {
  const { chance, short } = scene;
  // Longer than a request to the broker, a lock and an idle transaction may take.
  const long = short ? 3_000 : 25_000;
  const ways: [fail: () => void, forMs: number][] = [
    [() => proxy.cut(), chance.int(1_000, 4_000)],
    [() => proxy.hold(), long],
    [() => proxy.reset(), 100],
    [() => proxy.slices(chance.int(1, 50), 1), short ? 1_000 : 8_000],
    [() => proxy.hold('answered'), long],
    [() => proxy.delay(chance.int(100, 400)), short ? 1_000 : 8_000],
    [() => proxy.hold('asked'), long],
  ];
  try {
    for (const [fail, forMs] of short ? ways.slice(0, 5) : [...ways, ...ways.slice(0, 3)]) {
      await scene.untilApplied(50, 90_000);
      fail();
      await pause(forMs);
      proxy.pass();
    }
    await scene.untilApplied(50, 90_000);
    proxy.forget();
    await scene.untilApplied(50, 90_000);
    for (let resets = 0; resets < 5; resets += 1) {
      await pause(chance.int(50, 500));
      proxy.reset();
    }
    await scene.untilApplied(50, 90_000);
  } finally {
    proxy.pass();
  }
}
