import { setTimeout as pause } from 'node:timers/promises';
import { haltFor } from './consume-errors.js';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
const HEARTBEAT_MS = 1_000;
/** After this long the other partitions get their turn: kafkajs fetches nothing while a handler holds on. */
const GIVE_UP_AFTER_MS = 20_000;

/**
 * Runs a step until it works, waiting longer each time, with heartbeats so that the group does not take the partition away.
 * kafkajs's own answer to a failing handler is to restart the whole consumer, which would lose the order and flood the log.
 * @throws HaltError for anything not marked as passing; what `heartbeat` throws (a rebalance), for kafkajs to handle.
 */
export async function retried<T>(
  step: () => Promise<T>,
  o: { owned(): boolean; heartbeat(): Promise<void>; onRetry?(error: unknown): void },
): Promise<T | 'given up' | 'not owned'> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    if (!o.owned()) return 'not owned';
    try {
      return await step();
    } catch (error) {
      const halt = haltFor(error);
      if (halt) throw halt;
      o.onRetry?.(error);
    }
    const until = Date.now() + wait;
    if (until > giveUpAt) return 'given up';
    while (o.owned() && Date.now() < until) {
      await pause(Math.min(HEARTBEAT_MS, until - Date.now()));
      await o.heartbeat();
    }
  }
}
