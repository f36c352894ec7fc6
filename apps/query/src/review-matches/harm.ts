/** Which pairs come first, in this order (decisions 0052, 0063): the worse what readers may be shown wrongly, or not be shown, until somebody decides. */
export const HARMS = {
  doubted: 'A reader doubts what is shown',
  claimed: 'A reader says that they are one',
  disagreed: 'Stewards disagree',
  careful: 'Known to a service that is matched with care',
  child: 'A child may be one of them',
  other: 'All others',
} as const;
/** Where neither of the two records is of such a service. */
export const CAREFUL_BY_ANOTHER = 'A further record of one of them is of a service that is matched with care';
export type Harm = keyof typeof HARMS;
/** What a reader has said of a pair puts it before all others. */
export type SaidByReader = Extract<Harm, 'doubted' | 'claimed'>;
