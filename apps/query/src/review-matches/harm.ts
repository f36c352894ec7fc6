/** Which pairs come first (decision 0052): the worse what readers may be shown wrongly, or not be shown, until somebody decides. */
export const HARMS = {
  doubted: 'A reader doubts what is shown',
  disagreed: 'Stewards disagree',
  careful: 'A service that is matched with care',
  child: 'A child may be one of them',
  other: 'All others',
} as const;
export type Harm = keyof typeof HARMS;
