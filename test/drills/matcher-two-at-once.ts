import { eventually } from '../support/eventually.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';

/**
 * Two matchers: one decides, the other stands by. The first is stopped (SIGSTOP) with a transaction on its way that the network delivers late, and its
 * lock is lost. The other takes over meanwhile; what the woken one then tries to write must be refused.
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
  await stage.state.on((pool) =>
    pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
         AND (application_name = 'matcher-lock' OR state LIKE 'idle in transaction%')`,
    ),
  );
  await stage.untilDecided(50);
  sleeper.signal('SIGCONT');
  proxy.pass();
  await eventually('the woken one stood by', () => sleeper.isReady(), { within: 60_000 });
  await stage.untilDecided(50);
  await Promise.all([sleeper.stop(), successor.stop()]);
}
