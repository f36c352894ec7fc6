import { dayWords } from '../day-words.js';
import type { SearchTerms } from './search-terms.js';

/** What a search went by, for the top of its results: what was typed as a name or ID, and what narrows it ("born 12 May 2012, postcode NB4 2QT"). */
export function searchWords(terms: SearchTerms): { typed: string; narrowedBy: string } {
  if ('caseId' in terms) return { typed: terms.caseId, narrowedBy: '' };
  const { familyName, givenName, dateOfBirth, year, postcode } = terms;
  const born = dateOfBirth ?? year;
  const narrowedBy = [born && `born ${dayWords(born)}`, postcode?.trim() && `postcode ${postcode.trim().toUpperCase()}`];
  return { typed: [familyName, givenName].filter(Boolean).join(' '), narrowedBy: narrowedBy.filter(Boolean).join(', ') };
}
