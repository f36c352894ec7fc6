import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../apps/demo/src/random.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import type { Drill } from './harness/drill.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';
import type { Scene } from './harness/scene.js';

/** The network between projector and broker fails in every way a network can. */
export const networkToBroker: Drill = {
  name: 'network-to-broker',
  what: 'cut, half-open, forgotten, reset, sliced, slow: between projector and broker',
  needsServers: true,
  async run(scene) {
    await scene.projector(scene.byWayOfProxy());
    scene.startLoad();
    await failInEveryWay(scene.servers.wayToBroker, scene, folding(scene));
  },
};

export const networkToDatabase: Drill = {
  name: 'network-to-database',
  what: 'cut, half-open, forgotten, reset, sliced, slow: between projector and both databases',
  async run(scene) {
    const { proxy, toBoth } = await scene.wayToDatabase();
    await scene.projector(toBoth);
    scene.startLoad();
    await failInEveryWay(proxy, scene, folding(scene));
  },
};

/** The network between matcher and broker: what is sent and not acknowledged is said again, under the same numbers. */
export const matcherNetworkToBroker = matcherDrill({
  name: 'matcher-network-to-broker',
  what: 'cut, half-open, forgotten, reset, sliced, slow: between matcher and broker, while stewards rule',
  needsServers: true,
  async run(stage) {
    const { scene, stewards } = stage;
    await stage.matcher(scene.byWayOfProxy());
    stewards.call();
    await failInEveryWay(scene.servers.wayToBroker, scene, deciding(stage));
  },
});

/** The network between matcher and its database and the keys: it may not even know whether it has committed. */
export const matcherNetworkToDatabase = matcherDrill({
  name: 'matcher-network-to-database',
  what: 'cut, half-open, forgotten, reset, sliced, slow: between matcher and both databases, while stewards rule',
  async run(stage) {
    const { proxy, toBoth } = await stage.wayToState();
    await stage.matcher({ ...toBoth, MATCHER_ANSWER_SECONDS: '60' });
    stage.stewards.call();
    await failInEveryWay(proxy, stage.scene, deciding(stage));
  },
});

/** In all its parts: one that hangs must not be hidden by what the others do. */
const deciding = (stage: MatchingStage) => async () => {
  await stage.untilDecided(50, 90_000);
  await stage.untilOvertaken(90_000);
};

const folding = (scene: Scene) => () => scene.untilApplied(50, 90_000);

/** @param goesOn waits until more is done */
async function failInEveryWay(
  proxy: TcpProxy,
  { chance, short }: { chance: Random; short: boolean },
  goesOn: () => Promise<void>,
): Promise<void> {
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
      await goesOn();
      fail();
      await pause(forMs);
      proxy.pass();
    }
    await goesOn();
    proxy.forget();
    await goesOn();
    for (let resets = 0; resets < 5; resets += 1) {
      await pause(chance.int(50, 500));
      proxy.reset();
    }
    await goesOn();
  } finally {
    proxy.pass();
  }
}
