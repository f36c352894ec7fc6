const UNITS = [
  { name: 'day', ms: 86_400_000, from: 36 * 3_600_000 },
  { name: 'hour', ms: 3_600_000, from: 90 * 60_000 },
  { name: 'minute', ms: 60_000, from: 90_000 },
] as const;

/** Milliseconds as operators say them: "0.3 seconds", "45 seconds", "12 minutes", "3 hours", "2 days". */
export function lastingWords(ms: number): string {
  const unit = UNITS.find(({ from }) => ms >= from);
  if (unit) return counted(Math.round(ms / unit.ms), unit.name);
  const seconds = Math.max(0, ms) / 1_000;
  return seconds < 10 ? counted(Math.round(seconds * 10) / 10, 'second') : counted(Math.round(seconds), 'second');
}

/** 1 → "1 event", 1234 → "1,234 events". */
export const counted = (count: number, what: string): string => `${count.toLocaleString('en-GB')} ${what}${count === 1 ? '' : 's'}`;
