import type { SearchTerms } from './search-terms.js';

/** Whom a search leaves out without their being elsewhere, and the same search with them. */
export interface LeftOut {
  words: string;
  button: string;
  /** The fields of the search without what narrows it. */
  fields: { field: string; value: string }[];
}

/** A date of birth leaves out whoever has none, and a postcode whoever has no address, or none that may be shown: a blank that would read as "not here". */
export function leftOutOf(terms: SearchTerms): LeftOut[] {
  if ('caseId' in terms) return [];
  const { familyName, givenName, dateOfBirth, year, postcode, journey } = terms;
  const again = (narrowing: Record<string, string | undefined>) =>
    Object.entries({ familyName, givenName, journey, ...narrowing }).flatMap(([field, value]) => (value ? [{ field, value }] : []));
  const found: LeftOut[] = [];
  if ((dateOfBirth ?? year) !== undefined)
    found.push({
      words: 'People without a date of birth in the index are left out of this search.',
      button: 'Search without the date of birth',
      fields: again({ postcode }),
    });
  if (postcode?.trim())
    found.push({
      words: 'People without an address at this postcode that may be shown are left out of this search.',
      button: 'Search without the postcode',
      fields: again(bornFields(dateOfBirth, year)),
    });
  return found;
}

function bornFields(dateOfBirth?: string, year?: string): Record<string, string | undefined> {
  const [dobYear = year, dobMonth, dobDay] = dateOfBirth?.split('-') ?? [];
  return { dobDay, dobMonth, dobYear };
}
