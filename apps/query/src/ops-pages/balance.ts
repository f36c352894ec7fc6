import type { PartitionTally } from '#lib/read-model';
import type { BalanceRow } from './read-balance.js';

/** Events that were received and of which nothing became; below zero: more became of them than there were. 0: it balances. */
export function missingFrom({ received, applied, superseded, erased, parked, discarded }: BalanceRow): number {
  return received - applied - superseded - erased - parked - discarded;
}

/** Whether the counts agree with the tables they count, partition by partition: what is off in one is not made good by another. */
export function proofOf(partitions: readonly PartitionTally[]) {
  return {
    passed: partitions.reduce((sum, { passed }) => sum + passed, 0),
    parked: partitions.reduce((sum, { rowsParked }) => sum + rowsParked, 0),
    unaccounted: partitions.filter(({ passed, received }) => passed !== received),
    parkedOff: partitions.filter(({ parked, rowsParked }) => parked !== rowsParked),
    uneven: partitions.filter(({ uneven }) => uneven > 0),
  };
}
