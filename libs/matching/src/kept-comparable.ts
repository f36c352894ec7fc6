import type { Comparable } from './comparable.js';

/** A record as it is kept beside its token: sealed by whoever keeps it, as it is personal data. */
export function textOfComparable(comparable: Comparable): string {
  const { subject: _, ...said } = comparable;
  return JSON.stringify(said);
}

/** The record that was kept so. */
export function comparableFrom(subject: string, text: string): Comparable {
  return { subject, ...(JSON.parse(text) as Omit<Comparable, 'subject'>) };
}
