import { type Cap, type ComparedPair, type Explanation, explainPair } from '#lib/matching';
import { type Waterfall, waterfallOf } from './waterfall.js';

/** What a page shows of two compared records: nothing in it is a value of either. */
export interface Evidence {
  /** Which two, for those who hear a page with several pairs. */
  named: string;
  /** Why they may be two of one household or family: what is stated of them, twins, siblings, a parent and a child of one name. */
  household: string[];
  explanation: Explanation;
  waterfall: Waterfall;
}

const OF_A_HOUSEHOLD: readonly Cap['reason'][] = ['twins', 'siblings', 'side by side', 'generations', 'household only'];

/**
 * @param o.stated how the two are related, in sentences
 * @param o.settled it is decided, or other records decide it: what would change it by these two alone would mislead
 * @param o.ofSensitive what a join asks for would tell of which service a record is
 */
export function evidenceOf(
  pair: ComparedPair,
  o: { named?: string; stated?: readonly string[]; settled?: boolean; ofSensitive?: boolean } = {},
): Evidence {
  const { of, caps } = householdCaps(pair);
  const household = caps.map(({ sentence }) => sentence);
  const explanation = explainPair(pair);
  const waterfall = waterfallOf(pair);
  return {
    named: o.named ?? '',
    household: [...(o.stated ?? []), ...household.map((sentence) => `Perhaps two of one ${of}: ${sentence}`)],
    explanation: {
      ...explanation,
      held: explanation.held.filter((sentence) => !household.includes(sentence)),
      wouldChange: o.settled ? [] : explanation.wouldChange,
    },
    waterfall: { ...waterfall, thresholds: o.ofSensitive ? [] : waterfall.thresholds },
  };
}

/** At one address, whatever is too little known for a join may be of two who live there. Without one, a family name makes a family, and nothing a household. */
function householdCaps({ caps, parts }: ComparedPair): { of: 'household' | 'family'; caps: readonly Cap[] } {
  const levelOf = (what: ComparedPair['parts'][number]['comparison']) =>
    parts.find(({ comparison }) => comparison === what)?.level ?? 'missing';
  const ofAHousehold = caps.filter(({ reason }) => OF_A_HOUSEHOLD.includes(reason));
  if (levelOf('uprn') === 'same' || levelOf('postcode') === 'same')
    return { of: 'household', caps: caps.filter((cap) => ofAHousehold.includes(cap) || cap.reason === 'too little known') };
  return { of: 'family', caps: ['missing', 'different'].includes(levelOf('family_name')) ? [] : ofAHousehold };
}
