import { z } from 'zod';

/** What a reader typed, checked: by case ID alone, or by names with whatever narrows them. */
export const SearchTerms = z
  .union([
    z.strictObject({ caseId: z.string() }),
    z.strictObject({
      /** A person with one name only is searched by either of the two. */
      familyName: z.string().optional(),
      givenName: z.string().optional(),
      /** `YYYY-MM-DD` */
      dateOfBirth: z.string().optional(),
      /** `YYYY`, where the whole date is not known. */
      year: z.string().optional(),
      postcode: z.string().optional(),
    }),
  ])
  .meta({ id: 'SearchTerms' });
export type SearchTerms = z.output<typeof SearchTerms>;

/** The two forms as a browser sends them. */
export interface SearchForm {
  /** Which of the two forms was sent. */
  by?: string;
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
  throw new Error(`not built yet: ${form.by}`);
}
