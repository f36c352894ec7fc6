/** What a problem with a service's panel can be, and nothing else. */
export const CATEGORIES = {
  'wrong-person': 'This is the wrong person',
  'wrong-details': 'Details are wrong',
  'ended-shown-as-current': 'It has ended but is shown as current',
  'worker-gone': 'The worker has left or changed',
  'wrong-phone': 'The phone number is wrong',
  'missing-involvement': 'An involvement is missing',
  duplicate: 'It is shown twice',
  'should-not-be-shown': 'This should not be shown',
  other: 'Something else',
} as const;

/** Of what one involvement shows, its worker or its end: of several, the reader says of which. */
export const OF_ONE_INVOLVEMENT: readonly string[] = [
  'ended-shown-as-current',
  'worker-gone',
  'wrong-phone',
] satisfies (keyof typeof CATEGORIES)[];

/** Of no involvement that is shown: no reader says of which. */
export const OF_NO_INVOLVEMENT: readonly string[] = ['wrong-person', 'missing-involvement'] satisfies (keyof typeof CATEGORIES)[];

/** And with a name, a date of birth or an address. */
export const VALUE_CATEGORIES = {
  'wrong-value': 'It is wrong',
  'out-of-date': 'It was right once, and is not any more',
  'should-not-be-shown': 'This should not be shown',
  other: 'Something else',
} as const;

export const ALL_CATEGORIES = { ...CATEGORIES, ...VALUE_CATEGORIES } as const;
export type Category = keyof typeof ALL_CATEGORIES;

/** What may do harm while it stands: answered sooner. */
export const isUrgent = (category: Category): boolean => category === 'wrong-person' || category === 'should-not-be-shown';

/** Asked of the data analysts alone, where a panel shows nothing; and then there is no other category. */
export const MISSING = 'missing-involvement' satisfies keyof typeof CATEGORIES;

/** How a source answers. Each ends the wait. */
export const OUTCOMES = {
  fixed: 'It was wrong and is put right',
  refused: 'It is right as it is',
  answered: 'Something else',
} as const;

/**
 * And how the data analysts do where they alone are asked: always in these words, which say nothing of what a rule hides. Whether there is none or it may
 * not be shown is one answer.
 */
export const ANALYSTS_OUTCOMES = {
  'there-now': 'The involvement is there now',
  'nothing-to-show': 'There is none, or it is not to be shown here',
  'more-needed': 'More is needed to find it',
} as const;

export const ALL_OUTCOMES = { ...OUTCOMES, ...ANALYSTS_OUTCOMES } as const;
export type ProblemOutcome = keyof typeof ALL_OUTCOMES;
