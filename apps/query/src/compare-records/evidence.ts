import { type Cap, type ComparedPair, type Explanation, explainPair } from '#lib/matching';
import { type Waterfall, waterfallOf } from './waterfall.js';

/** What a page shows of two compared records: nothing in it is a value of either. */
export interface Evidence {
  /** Which two, for those who hear a page with several pairs. */
  named: string;
  /** Why they may be two of one household or family: twins, siblings, a parent and a child of one name. */
  household: string[];
  explanation: Explanation;
  waterfall: Waterfall;
}

const OF_A_HOUSEHOLD: readonly Cap['reason'][] = ['twins', 'siblings', 'generations', 'household only'];

export function evidenceOf(pair: ComparedPair, named = ''): Evidence {
  const household = pair.caps.filter(({ reason }) => OF_A_HOUSEHOLD.includes(reason)).map(({ sentence }) => sentence);
  const explanation = explainPair(pair);
  return {
    named,
    household,
    explanation: { ...explanation, held: explanation.held.filter((sentence) => !household.includes(sentence)) },
    waterfall: waterfallOf(pair),
  };
}
