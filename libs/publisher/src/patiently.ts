import { setTimeout as wait } from 'node:timers/promises';
import { PublishFailedError } from './errors.js';
import type { Patience } from './publisher.js';

const PATIENCE_MS = 10 * 60_000;
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [200, 10_000];

/** An attempt that may go better next time. */
export class NotNow {
  constructor(
    readonly why: string,
    /** Milliseconds we are asked to wait. */
    readonly askedToWait = 0,
  ) {}
}

/** Tries until it is answered: what stands behind it in the line waits, so order is kept. @throws PublishFailedError when patience ends */
export async function patiently<Answer extends object>(o: Patience, attempt: () => Promise<Answer | NotNow>): Promise<Answer> {
  const end = Date.now() + (o.patience ?? PATIENCE_MS);
  for (let attempts = 1; ; attempts++) {
    const result = await attempt();
    if (!(result instanceof NotNow)) return result;
    const backOff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1)) * (0.5 + Math.random() / 2);
    const milliseconds = Math.round(Math.max(backOff, result.askedToWait));
    if (Date.now() + milliseconds > end) throw new PublishFailedError(`Not published after ${attempts} attempts: ${result.why}.`);
    o.onWaiting?.({ attempt: attempts, milliseconds, why: result.why });
    await wait(milliseconds);
  }
}
