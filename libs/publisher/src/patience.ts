import { setTimeout as wait } from 'node:timers/promises';
import { PublishFailedError } from './errors.js';

const PATIENCE_MS = 10 * 60_000;
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [200, 10_000];

/** Why the next attempt waits, to show to whoever is waiting. */
export interface Waiting {
  attempt: number;
  milliseconds: number;
  why: string;
}

export interface Patience {
  /** How long an index that can't take events is tried again, in milliseconds. Ten minutes where not given. */
  patience?: number;
  onWaiting?(waiting: Waiting): void;
}

/** An attempt that may go better next time. */
export interface NotNow {
  why: string;
  /** Milliseconds the index asks us to wait. */
  askedToWait?: number;
}

/** Tries until there is a result: what stands behind it in the line waits, so order is kept. @throws PublishFailedError when patience ends */
export async function untilDone<Result extends object>(o: Patience, attempt: () => Promise<Result | NotNow>): Promise<Result> {
  const end = Date.now() + (o.patience ?? PATIENCE_MS);
  for (let tried = 1; ; tried++) {
    const result = await attempt();
    if (!('why' in result)) return result;
    const backOff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tried - 1)) * (0.5 + Math.random() / 2);
    const milliseconds = Math.round(Math.max(backOff, result.askedToWait ?? 0));
    if (Date.now() + milliseconds > end) throw new PublishFailedError(`Not published after ${tried} attempts: ${result.why}.`);
    o.onWaiting?.({ attempt: tried, milliseconds, why: result.why });
    await wait(milliseconds);
  }
}

/** Runs one after the other, in the order they were asked for, whatever becomes of the earlier ones. */
export function oneAfterTheOther(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
