/**
 * The comparisons of two records and the levels each may come out at, best first; `sentence` says it without a value. A model gives
 * every level its weight. Missing on either side is no level: it weighs nothing.
 */
export const COMPARISONS = {
  family_name: {
    what: 'family names',
    levels: {
      same: 'The family names are the same.',
      sound: 'The family names sound the same.',
      close: 'The family names are spelled nearly the same.',
      part: 'The family names share a part.',
      swapped: 'The family name of one is the given name of the other.',
      different: 'The family names differ.',
    },
  },
  given_name: {
    what: 'given names',
    levels: {
      same: 'The first given names are the same.',
      nickname: 'One given name is a short or other form of the other.',
      sound: 'The first given names sound alike.',
      close: 'The given names are spelled nearly the same.',
      swapped: 'The given name of one is the family name of the other.',
      middle: 'A first given name of one is a middle name of the other.',
      initial: 'One given name is an initial that fits the other.',
      different: 'The given names differ.',
    },
  },
  date_of_birth: {
    what: 'dates of birth',
    levels: {
      same: 'The dates of birth are the same.',
      slip: 'The dates of birth differ in one digit.',
      swap: 'The dates of birth have day and month the other way round.',
      month: 'The month and year of birth are the same; one day is not known.',
      year: 'The years of birth are the same; more is not known of one.',
      near: 'The dates of birth are near, not the same.',
      different: 'The dates of birth differ.',
    },
  },
  postcode: {
    what: 'postcodes',
    levels: {
      same: 'They share a postcode.',
      sector: 'They share a postcode sector.',
      district: 'They share a postcode district.',
      area: 'They share a postcode area.',
      different: 'No postcodes are shared.',
    },
  },
  uprn: {
    what: 'property numbers (UPRN)',
    levels: { same: 'They share a property; its postcode counts with it.', different: 'No property is shared.' },
  },
  nhs_number: { what: 'NHS numbers', levels: { same: 'The NHS numbers are the same.', different: 'The NHS numbers differ.' } },
  upn: { what: 'pupil numbers', levels: { same: 'The pupil numbers are the same.', different: 'The pupil numbers differ.' } },
  gender: { what: 'genders', levels: { same: 'The genders are the same.', different: 'The genders differ.' } },
} as const;

export type Comparison = keyof typeof COMPARISONS;
export type Level<C extends Comparison = Comparison> = C extends Comparison ? keyof (typeof COMPARISONS)[C]['levels'] & string : never;
/** The levels at which it counts how rare the value is that agrees. */
export const FREQUENCIES_COUNT_AT: { readonly [C in Comparison]?: Level<C> } = { family_name: 'same', given_name: 'same' };
export const COMPARISON_NAMES = Object.keys(COMPARISONS) as Comparison[];
