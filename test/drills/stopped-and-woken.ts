import { eventually } from '../support/eventually.js';
import type { Drill } from './harness/drill.js';

/**
 * A projector is stopped (SIGSTOP) for longer than its session, with a transaction on its way that the network delivers late. Another takes
 * over meanwhile. What the woken one then tries to write must be refused.
 */
export const stoppedAndWoken: Drill = {
  name: 'stopped-and-woken',
  what: 'SIGSTOP of a projector for longer than its session, another takes over, SIGCONT',
  async run(scene) {
    const load = scene.startLoad({ perSecond: 0 });
    for (let round = 0; round < (scene.short ? 1 : 3); round += 1) {
      const { proxy, through } = await scene.wayToReadModel();
      const sleeper = await scene.projector(through);
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
      await load.burst(200);
      await eventually('the woken one was back', () => sleeper.isReady(), { within: 60_000 });
      await load.burst(200);
      await scene.untilCaughtUp();
      await Promise.all([sleeper.stop(), successor.stop()]);
    }
    await scene.projector();
  },
};
