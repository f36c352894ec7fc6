import { type ComparedPair, type Explanation, explainPair } from '#lib/matching';
import { type Waterfall, waterfallOf } from './waterfall.js';

/** What a page shows of two compared records: nothing in it is a value of either. */
export interface Evidence {
  /** Which two, for those who hear the page. */
  named: string;
  explanation: Explanation;
  waterfall: Waterfall;
}

export const evidenceOf = (pair: ComparedPair, named: string): Evidence => ({
  named,
  explanation: explainPair(pair),
  waterfall: waterfallOf(pair),
});
