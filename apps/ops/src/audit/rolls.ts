/** Chance that falls the same way for the same seed. */
export interface Rolls {
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  chance(share: number): boolean;
  of<T>(list: readonly T[]): T;
}

/** mulberry32: small, and even enough for what is only made up. */
export function rollsOf(seed: number): Rolls {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    between,
    chance: (share) => next() < share,
    of: (list) => {
      if (list.length === 0) throw new Error('there is nothing to choose from');
      return list[between(0, list.length - 1)]!;
    },
  };
}

const london = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });

/** Midnight in London, so many days after the one that began the day of `at`; milliseconds since 1970. */
export function londonMidnight(at: number, days: number): number {
  const day = new Date(at + days * 86_400_000).toISOString().slice(0, 10);
  const utc = Date.parse(`${day}T00:00:00Z`);
  return london.format(utc) === '00' ? utc : utc - 3_600_000;
}
