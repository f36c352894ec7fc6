import { isBalanced, type PartitionTally } from '#lib/read-model';
import type { Alarm } from './alarm.js';

export function judgeTally(partitions: readonly PartitionTally[]): Alarm[] {
  const unbalanced = partitions.filter((tally) => !isBalanced(tally));
  return unbalanced.length === 0 ? [] : [{ code: 'tally-unbalanced', source: null, details: { partitions: unbalanced } }];
}
