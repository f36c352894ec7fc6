import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '#lib/runtime';
import type { Watch } from './watch.js';

/** Looks in the middle of each period, so that no minute is missed or met twice for being a little early or late. */
export async function keepWatching(o: { watch: Watch; every: number; signal: AbortSignal; logger: Logger }): Promise<void> {
  const period = o.every * 1_000;
  while (!o.signal.aborted) {
    await pause(untilNext(Date.now(), period), undefined, { signal: o.signal }).catch(() => undefined);
    if (o.signal.aborted) return;
    try {
      await o.watch.look(Date.now());
    } catch (error) {
      o.logger.warn({ err: error }, 'nothing could be watched');
    }
  }
}

/** Milliseconds until the middle of the next period. */
export function untilNext(now: number, period: number): number {
  const since = (now + period / 2) % period;
  return period - since;
}
