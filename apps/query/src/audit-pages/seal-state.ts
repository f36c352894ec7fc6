import { type FoundMismatch, type LogState, readLogState } from '#lib/audit';
import type { LookIntoAudit } from './look-into-audit.js';

/** Its newest entries are checked each few minutes; after so long nobody checks them. Milliseconds. */
const STALE_AFTER = 1_800_000;
/** So many are listed; `audit acknowledge --dry-run` and `audit verify` name more. */
const LISTED = 10;

/** What an officer is told of how the log fares. `unknown`: it can't be told now. */
export type SealShown =
  | { is: 'unknown' }
  | { is: 'changed'; first: string; since: number; count: number; listed: Row[]; more: number; acknowledged: Row[] }
  | { is: 'unchecked'; at: number | null; acknowledged: Row[] }
  | { is: 'checked'; newestAt: number; wholeAt: number | null; entries: number; acknowledged: Row[] };

interface Row {
  place: string;
  says: string;
  foundAt: number;
  by: string | null;
  at: number | null;
  words: string | null;
}

/** For those who may read all of the log. It names no entry's content, only its index. */
export async function readSeal(audit: LookIntoAudit): Promise<SealShown> {
  // For whatever reason it can't be read: who asks the audit is still answered, or told why not.
  return sealShown(await audit.read(readLogState).catch(() => null), Date.now());
}

/** @param state null where it could not be read */
function sealShown(state: LogState | null, now: number): SealShown {
  if (state === null) return { is: 'unknown' };
  const { waiting, newestAt, wholeAt } = state;
  const acknowledged = state.acknowledged.map(rowOf);
  const [first] = waiting;
  if (first !== undefined)
    return {
      is: 'changed',
      first: placeOf(first),
      since: Math.min(...waiting.map(({ foundAt }) => foundAt)),
      count: waiting.length,
      listed: waiting.slice(0, LISTED).map(rowOf),
      more: Math.max(0, waiting.length - LISTED),
      acknowledged,
    };
  if (newestAt === null || now - newestAt > STALE_AFTER) return { is: 'unchecked', at: newestAt, acknowledged };
  return { is: 'checked', newestAt, wholeAt, entries: state.wholeEntries ?? 0, acknowledged };
}

const placeOf = ({ index, through }: FoundMismatch): string => {
  if (index === null) return 'the whole log';
  return through === null || through === index ? String(index) : `${index} to ${through}`;
};

const rowOf = (found: FoundMismatch): Row => ({
  place: placeOf(found),
  says: found.says,
  foundAt: found.foundAt,
  by: found.acknowledged?.by ?? null,
  at: found.acknowledged?.at ?? null,
  words: found.acknowledged?.words ?? null,
});
