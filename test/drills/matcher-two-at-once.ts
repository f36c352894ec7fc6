import { eventually } from '../support/eventually.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';

/**
 * Two matchers: one decides, the other stands by. The first is stopped (SIGSTOP) with a transaction on its way, and the database lets go of it and of its
 * lock. The other takes over meanwhile; what the woken one then tries to write must be refused.
 */
export const matcherTwoAtOnce = matcherDrill({
  name: 'matcher-two-at-once',
  what: 'two matchers at once; SIGSTOP of the one that decides until the other has taken over, SIGCONT',
  async run(stage) {
    stage.stewards.call();
    for (let round = 0; round < (stage.scene.short ? 1 : 3); round += 1) await taken(stage);
    await stage.matcher();
    await stage.untilDecided(50);
  },
});

async function taken(stage: MatchingStage): Promise<void> {
  const { proxy, toState } = await stage.wayToState();
  const sleeper = await stage.matcher(toState);
  await stage.untilDecided(50);
  const successor = await stage.matcher();
  proxy.hold('asked');
  await eventually('a transaction was on its way', async () => proxy.waiting.asked > 0);
  sleeper.signal('SIGSTOP');
  // All its sessions: one that had just got the lock on the writer's row would hold it for as long as it sleeps.
  await stage.state.on((pool) =>
    pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name IN ('matcher', 'matcher-lock')`,
    ),
  );
  await stage.untilDecided(50);
  sleeper.signal('SIGCONT');
  proxy.pass();
  await eventually('the woken one stood by', () => sleeper.isReady(), { within: 60_000 });
  await stage.untilDecided(50);
  await Promise.all([sleeper.stop(), successor.stop()]);
}
