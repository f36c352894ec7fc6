import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 4;

/**
 * Looks again and again until there is something to see, and returns it. `undefined`, `null`, `false` and a thrown error mean "not yet".
 * A count is not taken: whether none is "not yet" only whoever looks knows (`rowCount === 1`).
 * @param what completes the sentence "… did not happen within n ms" when it never comes
 * @param o.within milliseconds on a machine that has nothing else to do, 10,000 unless said. Where more goes on it may take four times as
 *   long: what is slow is not broken, and waiting costs nothing where all is well.
 */
export async function eventually<T extends object | string | true>(
  what: string,
  look: () => Promise<T | undefined | null | false>,
  o: { within?: number } = {},
): Promise<T> {
  const within = (o.within ?? 10_000) * PATIENCE;
  const deadline = Date.now() + within;
  let wait = 10;
  for (;;) {
    let reason: unknown;
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) return seen;
    } catch (error) {
      reason = error;
    }
    if (Date.now() + wait > deadline) {
      const told = reason instanceof Error ? `: ${reason.message}` : '';
      throw new Error(`${what} did not happen within ${within} ms${told}`, { cause: reason });
    }
    await pause(wait);
    wait = Math.min(wait * 1.5, 200);
  }
}
