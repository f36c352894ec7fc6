import type { Alarm } from './alarm.js';

/** What one partition of a log comes to, all read at one instant. */
export interface PartitionTally {
  topic: string;
  partition: number;
  received: number;
  /** Of `received`: held with a reason. */
  parked: number;
  /** Sources and days of which received is not the sum of what became of it. */
  uneven: number;
  /** Rows in `parked`. */
  rowsParked: number;
  /** Offsets passed since the tally is kept. */
  passed: number;
}

/** Whether every event that was passed is counted once, and every one that is held is there. */
export const isBalanced = ({ received, parked, uneven, rowsParked, passed }: PartitionTally): boolean =>
  uneven === 0 && parked === rowsParked && received === passed;

export function judgeTally(partitions: readonly PartitionTally[]): Alarm[] {
  const unbalanced = partitions.filter((tally) => !isBalanced(tally));
  return unbalanced.length === 0 ? [] : [{ code: 'tally-unbalanced', source: null, details: { partitions: unbalanced } }];
}
