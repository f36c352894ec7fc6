import type { Comparable } from '#lib/matching';
import { type KeyStore, SealBrokenError } from '#lib/sealing';
import { type KeptDetails, openDetails } from './details.js';
import type { MatcherMetrics } from './matcher-metrics.js';
import { OpenedLately } from './opened-lately.js';

/** Records ready to be compared, and those whose data key was destroyed since they were kept. One that can't be opened is neither. */
export interface OpenedRecords {
  comparables: Map<string, Comparable>;
  erased: string[];
}
export type OpenRecords = (kept: readonly KeptDetails[]) => Promise<OpenedRecords>;

/** Opens kept details; those opened last stay open for a while, as records that hang together are asked for again and again. @param maxAge milliseconds */
export function recordOpener(keyStore: Pick<KeyStore, 'keysFor'>, metrics: MatcherMetrics, maxAge: number): OpenRecords {
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
    for (const one of closed) {
      const key = keys.get(one.subject);
      if (key === 'erased') erased.push(one.subject);
      else if (key === undefined || key === 'missing') metrics.skipped.inc({ code: 'key-missing' });
      else {
        const comparable = orSkip(metrics, () => openDetails(key, one.sealed));
        if (!comparable) continue;
        opened.add(one.subject, one.content, comparable);
        comparables.set(one.subject, comparable);
      }
    }
    return { comparables, erased };
  };
}

function orSkip<T>(metrics: MatcherMetrics, open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof SealBrokenError)) throw error;
    metrics.skipped.inc({ code: error.code });
    return undefined;
  }
}
