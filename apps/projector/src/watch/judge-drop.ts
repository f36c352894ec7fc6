import type { Source } from '#lib/events';
import type { Alarm, OpenAlarm } from './alarm.js';
import { COUNTED, type Counted, type SourceCounts } from './source-counts.js';

/** Of each count that has dropped: what it was, and what it is. `what` is what readers are told. */
export type DropDetails = {
  what: 'records' | 'open-involvements';
  from: Partial<Record<Counted, number>>;
  to: Partial<Record<Counted, number>>;
};

/**
 * Whether a source holds far fewer records or open involvements than within the day before, by its own word or by the index's count.
 * Once raised it is measured from what was there before, so that a day gone by does not clear it: only coming back does, or being accepted.
 * @param o.highest the greatest counts of the last day
 */
export function judgeDrop(
  source: Pick<Source, 'id' | 'alarmDropShare' | 'alarmDropAtLeast'>,
  o: { highest: SourceCounts; now: SourceCounts; open?: OpenAlarm | undefined },
): Alarm | null {
  const raisedFrom = o.open && o.open.acceptedAt === null ? (o.open.details as DropDetails).from : {};
  const details: DropDetails = { what: 'open-involvements', from: {}, to: {} };
  for (const counted of COUNTED) {
    const now = o.now[counted];
    const before = Math.max(o.highest[counted] ?? 0, raisedFrom[counted] ?? 0);
    if (now === null || before - now < source.alarmDropAtLeast || before - now < before * source.alarmDropShare) continue;
    details.from[counted] = before;
    details.to[counted] = now;
    if (counted === 'recordsHeld' || counted === 'recordsHere') details.what = 'records';
  }
  return Object.keys(details.from).length === 0 ? null : { code: 'source-dropped', source: source.id, details };
}

/**
 * What a drop can be told from. Before a source has said that it is complete its history is still arriving, years of openings and closings
 * within minutes: what the index holds goes up and down with it.
 */
export function comparable<Counts extends SourceCounts>(counts: Counts, { complete }: { complete: boolean }): Counts {
  return complete ? counts : { ...counts, recordsHere: null, openHere: null };
}
