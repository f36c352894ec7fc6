import { counted, lastingWords } from './lasting-words.js';
import type { SourceDay } from './read-source-days.js';

export const DAY_STATES = { 'on-time': 'on time', late: 'late', missing: 'missing', 'not-watched': 'not watched' } as const;

/** A strip of days in words: "30 days: 26 on time, 2 late (35 minutes in all), 1 missing, 1 not watched". */
export function stripWords(days: readonly SourceDay[]): string {
  const parts = Object.entries(DAY_STATES).flatMap(([state, words]) => {
    const own = days.filter((day) => day.state === state);
    if (own.length === 0) return [];
    const minutes = own.reduce((sum, { minutesLate }) => sum + minutesLate, 0);
    return [`${own.length} ${words}${state === 'late' ? ` (${lastingWords(minutes * 60_000)} in all)` : ''}`];
  });
  return `${counted(days.length, 'day')}: ${parts.join(', ')}`;
}
