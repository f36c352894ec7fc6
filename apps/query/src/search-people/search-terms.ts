import { z } from 'zod';
import { isWholePostcode, normaliseName, searchTermsOf } from '#lib/matching';
import { type Authority, JOURNEYS } from '../authority.js';

/** How many people a list of results holds at most. */
export const MOST_SHOWN = 20;

const typed = z.string().max(200).optional();
/** Whom the search is for: anybody, or children only. Left out, the first journey the authority has. */
const journey = z.enum(JOURNEYS).optional();

/** What a reader typed, checked: by case ID alone, or by names with whatever narrows them. */
export const SearchTerms = z
  .union([
    z.strictObject({ caseId: z.string().max(200), journey }),
    z.strictObject({
      /** A person with one name only is searched by either of the two. */
      familyName: typed,
      givenName: typed,
      /** `YYYY-MM-DD` */
      dateOfBirth: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .refine((day) => isRealDay(day))
        .optional(),
      /** `YYYY`, where the whole date is not known. */
      year: z
        .string()
        .regex(/^(18|19|20|21)\d{2}$/)
        .optional(),
      postcode: typed,
      journey,
    }),
  ])
  .meta({ id: 'SearchTerms' });
export type SearchTerms = z.output<typeof SearchTerms>;

/** The two forms as a browser sends them. */
export interface SearchForm {
  /** Which of the two forms was sent: `case-id` or `names`. */
  by?: string;
  journey?: string;
  caseId?: string;
  familyName?: string;
  givenName?: string;
  dobDay?: string;
  dobMonth?: string;
  dobYear?: string;
  postcode?: string;
}

export interface TermProblem {
  field: 'caseId' | 'familyName' | 'dateOfBirth' | 'postcode';
  /** The sentence the reader sees. */
  message: string;
}

/** Terms to search by, or what to correct. Habitual `*` and `%` are ignored. */
export function searchTermsFrom(form: SearchForm): { terms: SearchTerms } | { problems: TermProblem[] } {
  const of = (field: keyof SearchForm) => plain(form[field]);
  const journey = JOURNEYS.find((journey) => journey === form.journey);
  if (form.by === 'case-id') return checked({ caseId: of('caseId'), journey });
  const [day, month, year] = [of('dobDay'), of('dobMonth'), of('dobYear')];
  const born = day === '' && month === '' ? { year } : { dateOfBirth: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` };
  const names = { familyName: of('familyName'), givenName: of('givenName') };
  return checked(withoutEmpty({ ...names, ...born, postcode: of('postcode'), journey }));
}

/** Whether the authority offers such a search, by these terms and for this journey. */
export const isOffered = (terms: SearchTerms, { searchBy, journeys }: Authority): boolean =>
  searchBy.includes('caseId' in terms ? 'case-id' : 'names') && (terms.journey === undefined || journeys.includes(terms.journey));

/** Whether anything was typed that whoever is found would confirm: where they live, when they were born, which case is theirs. */
export const confirmsMore = (terms: SearchTerms): boolean =>
  'caseId' in terms || [terms.dateOfBirth, terms.year, terms.postcode?.trim()].some(Boolean);

/** The same checks for terms that come as JSON. */
export function checked(terms: SearchTerms): { terms: SearchTerms } | { problems: TermProblem[] } {
  const problems: TermProblem[] = [];
  if ('caseId' in terms) {
    if (searchTermsOf(terms).all.length === 0) problems.push({ field: 'caseId', message: 'Enter the Case ID' });
  } else {
    if (normaliseName(`${terms.familyName ?? ''} ${terms.givenName ?? ''}`).length === 0)
      problems.push({ field: 'familyName', message: 'Enter the first name and last name' });
    if (SearchTerms.safeParse({ dateOfBirth: terms.dateOfBirth, year: terms.year }).error)
      problems.push({ field: 'dateOfBirth', message: 'Enter a real date of birth or leave it empty' });
    if (terms.postcode?.trim() && !isWholePostcode(terms.postcode))
      problems.push({ field: 'postcode', message: 'Enter a full postcode or leave it empty' });
  }
  const tooLong = Object.values(terms).some((text) => text !== undefined && text.length > 200);
  if (tooLong) problems.push({ field: 'caseId' in terms ? 'caseId' : 'familyName', message: 'Enter 200 characters or fewer' });
  return problems.length > 0 ? { problems } : { terms };
}

/** Browsers may send a field twice or not at all; `*` and `%` are typed from habit and mean nothing here. */
const plain = (text: unknown): string => (typeof text === 'string' ? text.replaceAll(/[*%]/g, '').trim() : '');

const withoutEmpty = (terms: Record<string, string | undefined>): SearchTerms =>
  Object.fromEntries(Object.entries(terms).filter(([, text]) => text !== '')) as SearchTerms;

function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day >= '1850' && day < '2200';
}
