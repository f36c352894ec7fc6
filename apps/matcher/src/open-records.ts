import { HaltError } from '#lib/kafka';
import type { Comparable } from '#lib/matching';
import type { KeyStore } from '#lib/sealing';
import { type KeptDetails, openDetails } from './details.js';
import { OpenedLately } from './opened-lately.js';

/** Records ready to be compared, and those whose data key was destroyed since they were kept. */
export interface OpenedRecords {
  comparables: Map<string, Comparable>;
  erased: string[];
}
export type OpenRecords = (kept: readonly KeptDetails[]) => Promise<OpenedRecords>;

/**
 * Opens kept details, all or none: a record that counted as one that says nothing would part people. Those opened last stay open for a while,
 * as records that hang together are asked for again and again. What it returns throws HaltError where keys are gone without a tombstone,
 * SealBrokenError, and KeyStoreUnavailableError (retriable).
 * @param maxAge milliseconds
 */
export function recordOpener(keyStore: Pick<KeyStore, 'keysFor'>, maxAge: number): OpenRecords {
  const opened = new OpenedLately(maxAge);
  return async (kept) => {
    const comparables = new Map<string, Comparable>();
    const erased: string[] = [];
    const closed = kept.filter((one) => {
      const comparable = opened.get(one.subject, one.content);
      if (comparable) comparables.set(one.subject, comparable);
      return !comparable;
    });
    const keys = closed.length === 0 ? new Map<string, never>() : await keyStore.keysFor(closed.map(({ subject }) => subject));
    let lost = 0;
    for (const one of closed) {
      const key = keys.get(one.subject);
      if (key === 'erased') erased.push(one.subject);
      else if (key === undefined || key === 'missing') lost += 1;
      else {
        const comparable = openDetails(key, one.sealed);
        opened.add(one.subject, one.content, comparable);
        comparables.set(one.subject, comparable);
      }
    }
    if (lost > 0) throw keysLost(lost);
    return { comparables, erased };
  };
}

/** The key store has lost keys that it had. @param records how many were met */
export function keysLost(records: number): HaltError {
  return new HaltError(
    'keys-lost',
    `${records} records that were matched have neither a data key nor a tombstone now: going on would part people. Bring the keys back, ` +
      'or leave tombstones where they are gone for good, and start the matcher again.',
  );
}
