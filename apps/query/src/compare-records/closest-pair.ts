import type { ComparedPair } from '#lib/matching';
import { sourceWords } from '../doubt-record/record-words.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { compareRecords, type Comparing } from './compare-records.js';

/** Two records that speak for each other more than any other pair does. */
export interface ClosestPair {
  /** Subject tokens. */
  subjects: [string, string];
  /** "Police: Niche" */
  labels: [string, string];
  pair: ComparedPair;
}

/** Of all pairs between two people's records that may be shown, the one with most for it over what a join asks. Null: of one of them nothing may be shown. */
export function closestPair(one: KnownPerson, other: KnownPerson, comparing: Comparing): ClosestPair | null {
  const { authority } = comparing;
  const pairs = one.records.flatMap((record) =>
    other.records.map((also): ClosestPair => ({
      subjects: [record.subject, also.subject],
      labels: [sourceWords(record, authority), sourceWords(also, authority)],
      pair: compareRecords({ record, person: one }, { record: also, person: other }, comparing),
    })),
  );
  return pairs.toSorted((a, b) => ORDER[a.pair.zone] - ORDER[b.pair.zone] || marginOf(b) - marginOf(a))[0] ?? null;
}

const ORDER = { join: 0, review: 1, apart: 2 };
const marginOf = ({ pair: { weight, thresholds } }: ClosestPair) => weight - thresholds.join;
