import type { BalanceRow } from './read-balance.js';

/** Events that were received and of which nothing became; below zero: more became of them than there were. 0: it balances. */
export function missingFrom({ received, applied, superseded, erased, parked, discarded }: BalanceRow): number {
  return received - applied - superseded - erased - parked - discarded;
}
