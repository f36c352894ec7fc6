import type { Snapshot } from '../snapshot.js';
import { type Matches, readMatches } from './read-matches.js';
import type { SearchTerms } from './search-terms.js';

export interface MatchesInOrder extends Matches {
  /** The terms that found them: as typed, or with the names changed round. */
  terms: SearchTerms;
  turned: boolean;
}

/** Who answers to the terms; where nobody does, who has both names the other way round. */
export async function readInEitherOrder(snapshot: Snapshot, terms: SearchTerms): Promise<MatchesInOrder> {
  const asTyped = await readMatches(snapshot, terms);
  if (asTyped.total > 0 || 'caseId' in terms || !terms.familyName || !terms.givenName) return { ...asTyped, terms, turned: false };
  const other = { ...terms, familyName: terms.givenName, givenName: terms.familyName };
  return { ...(await readMatches(snapshot, other)), terms: other, turned: true };
}
