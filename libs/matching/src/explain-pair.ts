import type { ComparedPair } from './compare-pair.js';

export interface Explanation {
  outcome: string;
  /** What speaks for one person, strongest first; then what speaks against; what was missing; what forbids a join. */
  for: string[];
  against: string[];
  missing: string[];
  held: string[];
  wouldChange: string[];
}

const OUTCOMES = {
  join: 'These records are enough alike to be one person.',
  review: 'These records may be one person: a data steward should decide.',
  apart: 'These records are not enough alike to be one person.',
} as const;

/** A comparison in sentences, without a single value of either record. */
export function explainPair({ parts, caps, zone, weight, thresholds }: ComparedPair): Explanation {
  const strongest = [...parts].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const said = (keep: (weight: number) => boolean) => strongest.filter((part) => keep(part.weight)).map(({ sentence }) => sentence);
  return {
    outcome: OUTCOMES[zone],
    for: said((part) => part > 0),
    against: said((part) => part < 0),
    missing: parts.filter(({ level }) => level === 'missing').map(({ sentence }) => sentence),
    held: caps.map(({ sentence }) => sentence),
    wouldChange: changes(),
  };

  function changes(): string[] {
    if (zone === 'join') {
      const margin = weight - thresholds.join;
      const needed = strongest.filter((part) => part.weight > margin);
      return [
        ...needed.map(({ sentence }) => `They would no longer be joined if this were wrong: ${sentence}`),
        'A data steward can decide that they are not the same.',
      ];
    }
    const lacking = parts.filter(({ level, comparison }) => level === 'missing' && comparison !== 'postcode' && comparison !== 'gender');
    return [
      ...lacking.map(({ comparison }) => WOULD_HELP[comparison]).filter((sentence) => sentence !== undefined),
      'A data steward can decide that they are the same.',
    ];
  }
}

const WOULD_HELP: Partial<Record<string, string>> = {
  family_name: 'A family name on both records would help to decide.',
  given_name: 'A given name on both records would help to decide.',
  date_of_birth: 'A full date of birth on both records would help to decide.',
  uprn: 'A property number (UPRN) on both records would help to decide.',
  nhs_number: 'An NHS number on both records would help to decide.',
  upn: 'A pupil number on both records would help to decide.',
};
