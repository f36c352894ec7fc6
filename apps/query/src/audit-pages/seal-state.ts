import type { FoundMismatch, LogState } from '#lib/audit';
import { isStale, sawNothing } from './found-in-log.js';
import type { LookIntoAudit } from './look-into-audit.js';

/** So many are listed; `audit acknowledge --dry-run` and `audit verify` name more. */
const LISTED = 10;

/** What an officer is told of how the log fares. `unknown`: it can't be told now. */
export type SealShown =
  | { is: 'unknown' }
  | { is: 'changed'; first: string; since: number; count: number; listed: Row[]; more: number; acknowledged: Row[] }
  | { is: 'unchecked'; at: number | null; acknowledged: Row[] }
  | { is: 'nothing-sealed'; at: number; acknowledged: Row[] }
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
  return sealShown(await audit.logState(), Date.now());
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
  if (newestAt === null || isStale(newestAt, now)) return { is: 'unchecked', at: newestAt, acknowledged };
  if (wholeAt !== null && sawNothing(state)) return { is: 'nothing-sealed', at: wholeAt, acknowledged };
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
