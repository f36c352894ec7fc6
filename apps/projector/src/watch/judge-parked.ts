import type { Alarm } from './alarm.js';

/** Parked events of one reason. `oldest`: when the first of them was parked, milliseconds since 1970. */
export interface ParkedEvents {
  code: string;
  events: number;
  oldest: number;
}

/** Too many are parked, or one for too long. @param o.age seconds */
export function judgeParked(parked: readonly ParkedEvents[], o: { count: number; age: number; now: number }): Alarm[] {
  const events = parked.reduce((sum, { events }) => sum + events, 0);
  const byCode = Object.fromEntries(parked.map(({ code, events }) => [code, events]));
  const old = parked.filter(({ oldest }) => o.now - oldest > o.age * 1_000);
  return [
    ...(events >= o.count ? [{ code: 'parked-count' as const, source: null, details: { events, byCode } }] : []),
    ...(old.length > 0
      ? [
          {
            code: 'parked-age' as const,
            source: null,
            details: { codes: old.map(({ code }) => code), since: Math.min(...old.map(({ oldest }) => oldest)) },
          },
        ]
      : []),
  ];
}
