import type { MatchStore } from '../match-store.js';
import { detailsOf, detailsSharing, keepDetails } from './details.js';
import type { Transaction } from './open-state.js';
import { addPairs, dropPairs, pairsAmong, rulesAmong } from './pairs.js';
import { recordsLinked, recordsOf, writeRecords } from './records.js';

/** The state in the database, as deciding needs it. */
export function stored(client: Transaction): MatchStore {
  const unlessNone =
    <A, R>(ask: (client: Transaction, of: readonly A[]) => Promise<R[]>) =>
    (of: readonly A[]): Promise<R[]> =>
      of.length === 0 ? Promise.resolve([]) : ask(client, of);
  return {
    recordsOf: unlessNone(recordsOf),
    linked: (links) => recordsLinked(client, links),
    writeRecords: (records) => writeRecords(client, records),
    keepDetails: (records) => (records.length === 0 ? Promise.resolve() : keepDetails(client, records)),
    detailsOf: unlessNone(detailsOf),
    sharing: unlessNone(detailsSharing),
    dropPairs: unlessNone(dropPairs),
    addPairs: (pairs) => addPairs(client, pairs),
    pairsAmong: unlessNone(pairsAmong),
    rulesAmong: (subjects) => rulesAmong(client, subjects),
  };
}
