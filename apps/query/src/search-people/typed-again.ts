import type { SearchForm, SearchTerms } from './search-terms.js';

/** The form as it was filled in for these terms, so that a reader can change a search instead of typing it again. */
export function typedAgain(terms: SearchTerms): SearchForm {
  if ('caseId' in terms) return terms;
  const { dateOfBirth, year, ...names } = terms;
  const [dobYear = year, dobMonth, dobDay] = dateOfBirth?.split('-') ?? [];
  return { ...names, dobDay: withoutZero(dobDay), dobMonth: withoutZero(dobMonth), dobYear };
}

const withoutZero = (digits: string | undefined) => digits?.replace(/^0/, '');
