import type { Waiting } from '#lib/publisher';

/** Says once that ingest can't take events, however many sources wait for it; again only after it had answered for a while. */
export function sayWaiting(url: string, say: (line: string) => void): (waiting: Waiting) => void {
  const QUIET_MS = 60_000;
  let saidAt = -Infinity;
  return ({ why }) => {
    if (performance.now() - saidAt < QUIET_MS) return;
    saidAt = performance.now();
    say(`Ingest at ${url} can't take events just now (${why}). Waiting for it; nothing is lost.`);
  };
}
