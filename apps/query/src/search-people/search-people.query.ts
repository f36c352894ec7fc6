import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { Birth } from '../view-person/birth.js';
import type { SearchTerms } from './search-terms.js';

export const FoundPerson = z
  .object({
    person: z.uuid(),
    /** "WILLIAMS, Tommy" */
    title: z.string(),
    family: z.string().nullable(),
    given: z.array(z.string()),
    birth: Birth.nullable(),
    /** "4 Mill Row, NB4 2QT"; null: "Address not held". */
    address: z.string().nullable(),
    caseIds: z.array(z.string()),
    /** "Mosaic 249012" or "Not found in Mosaic" */
    caseIdWords: z.string(),
    /** "full name: Thomas", "short name: Tom", "former name: …", "similar family name", "case ID" */
    whyMatched: z.string(),
  })
  .meta({ id: 'FoundPerson' });

/** At most `MOST_SHOWN` people, youngest first. */
export const SearchResults = z
  .object({
    people: z.array(FoundPerson),
    /** How many people match in all. */
    total: z.number(),
    /** "Add a date of birth, a year or a postcode": when there are more than are shown. */
    narrowWords: z.string().nullable(),
  })
  .meta({ id: 'SearchResults' });
export type SearchResults = z.output<typeof SearchResults>;
export const MOST_SHOWN = 20;

/** Who in the index answers to what was typed? */
export class SearchPeople extends AuditedQuery<SearchResults> {
  readonly right = 'read-families';
  constructor(readonly terms: SearchTerms) {
    super();
  }

  looks(result: SearchResults | null): Look[] {
    const searched: Look = { action: 'searched', person: null, terms: { ...this.terms }, shown: { total: result?.total ?? 0 } };
    return [searched, ...(result?.people ?? []).map(({ person }): Look => ({ action: 'shown-in-results', person }))];
  }
}
