const WINDOW_MS = 10_000;

/** Events a second over the last ten seconds. */
export class Rate {
  private seen: { at: number; done: number }[] = [];

  /** @param done events so far @param now milliseconds of any steady clock */
  of(done: number, now = performance.now()): number {
    this.seen = [...this.seen.filter(({ at }) => now - at <= WINDOW_MS), { at: now, done }];
    const first = this.seen[0]!;
    return now === first.at ? 0 : Math.max(0, ((done - first.done) / (now - first.at)) * 1_000);
  }
}
