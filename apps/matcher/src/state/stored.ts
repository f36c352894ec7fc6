import type { MatchStore } from '../match-store.js';
import { markForCandidate, writeCandidates } from './candidate.js';
import { detailsOf, detailsSharing, detailsSharingOfAll, keepDetails } from './details.js';
import type { Transaction } from './open-state.js';
import { addPairs, dropPairs, pairsAmong, rulesAmong } from './pairs.js';
import { recordsLinked, recordsOf, writeRecords } from './records.js';
import { CANDIDATE, LIVE, type Tables } from './tables.js';

/** The state in the database, as deciding needs it. @param candidate where one is worked out beside it, what is decided anew is marked for it */
export function stored(client: Transaction, candidate: number | null = null): MatchStore {
  return {
    ...storedIn(client, LIVE),
    async writeRecords(records) {
      await writeRecords(client, records);
      if (candidate !== null) await markForCandidate(client, records);
    },
    keepDetails: (records) => (records.length === 0 ? Promise.resolve() : keepDetails(client, records)),
  };
}

/** The same for what comes once the matcher has caught up: all that is kept was compared. */
export function storedSince(client: Transaction, candidate: number | null): MatchStore {
  const sharing = (keys: readonly string[]) => (keys.length === 0 ? Promise.resolve([]) : detailsSharingOfAll(client, keys));
  return { ...stored(client, candidate), sharing };
}

/** The same of a candidate. The details are not its own: it keeps none. */
export function storedCandidate(client: Transaction): MatchStore {
  return {
    ...storedIn(client, CANDIDATE),
    writeRecords: (records) => writeCandidates(client, records),
    keepDetails: () => Promise.resolve(),
  };
}

function storedIn(client: Transaction, tables: Tables): Omit<MatchStore, 'writeRecords' | 'keepDetails'> {
  const unlessNone =
    <A, R>(ask: (client: Transaction, of: readonly A[], tables: Tables) => Promise<R[]>) =>
    (of: readonly A[]): Promise<R[]> =>
      of.length === 0 ? Promise.resolve([]) : ask(client, of, tables);
  return {
    recordsOf: unlessNone(recordsOf),
    linked: (links) => recordsLinked(client, links, tables),
    detailsOf: unlessNone(detailsOf),
    sharing: unlessNone(detailsSharing),
    dropPairs: unlessNone(dropPairs),
    addPairs: (pairs) => addPairs(client, pairs, tables),
    pairsAmong: unlessNone(pairsAmong),
    rulesAmong: (subjects) => rulesAmong(client, subjects),
  };
}
