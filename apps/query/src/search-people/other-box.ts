import { normaliseName } from '#lib/matching';
import type { Authority } from '../authority.js';
import type { SearchTerms } from './search-terms.js';
import { typedAgain } from './typed-again.js';

/** The same words searched for again, typed where they may have been meant. */
export interface OtherBox {
  /** "Did you mean the family name?" */
  question: string;
  /** "Search for “Okafor” as the family name" */
  button: string;
  fields: { field: string; value: string }[];
}

/**
 * The other box for what was typed into one alone: a single name, or a name where a case ID belongs. It goes by what was typed and by nothing that is
 * in the index. Null: there is none.
 */
export function otherBoxOf(terms: SearchTerms, { searchBy }: Pick<Authority, 'searchBy'>): OtherBox | null {
  const { journey } = terms;
  if ('caseId' in terms) {
    return searchBy.includes('names') && isName(terms.caseId) ? again(terms.caseId, { ...namesIn(terms.caseId), journey }) : null;
  }
  const { familyName, givenName, ...rest } = terms;
  if (familyName && givenName) return null;
  const typed = (familyName ?? givenName)!;
  if (!isName(typed)) return searchBy.includes('case-id') ? again(typed, { caseId: typed, journey }) : null;
  return again(typed, familyName ? { ...rest, givenName: typed } : { ...rest, familyName: typed });
}

/** Of several words the last is taken for the family name: where nobody has them so, a search finds them the other way round as well. */
function namesIn(typed: string): { familyName: string; givenName?: string } {
  const words = typed.trim().split(/\s+/);
  const givenName = words.slice(0, -1).join(' ');
  return { familyName: words.at(-1)!, ...(givenName && { givenName }) };
}

function again(typed: string, terms: SearchTerms): OtherBox {
  const box = 'caseId' in terms ? 'case ID' : !terms.familyName ? 'first name' : terms.givenName ? 'first and family name' : 'family name';
  const form = { by: 'caseId' in terms ? 'case-id' : 'names', ...typedAgain(terms) };
  return {
    question: `Did you mean the ${box}?`,
    button: `Search for “${typed.trim()}” as the ${box}`,
    fields: Object.entries(form).flatMap(([field, value]) => (value ? [{ field, value }] : [])),
  };
}

/** What has a digit in it is taken for a case ID. */
const isName = (typed: string): boolean => normaliseName(typed).length > 0 && !/\p{N}/u.test(typed);
