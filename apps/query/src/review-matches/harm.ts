/** Which pairs come first, in this order (decisions 0052, 0063): the worse what readers may be shown wrongly, or not be shown, until somebody decides. */
export const HARMS = {
  doubted: 'A reader doubts what is shown',
  claimed: 'A reader says that they are one',
  disagreed: 'Stewards disagree',
  careful: 'A service that is matched with care',
  child: 'A child may be one of them',
  other: 'All others',
} as const;
export type Harm = keyof typeof HARMS;
/** What a reader has said of a pair puts it before all others. */
export type SaidByReader = Extract<Harm, 'doubted' | 'claimed'>;
