import type { Cap } from './caps.js';
import { type ComparedPair, type ComparedPart, COUNTED_WITH_PROPERTY, PUPIL_NUMBER_FITS } from './compare-pair.js';
import type { Comparison } from './levels.js';

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
  return {
    outcome: OUTCOMES[zone],
    for: strongest.filter((part) => part.weight > 0).map(({ sentence }) => sentence),
    against: strongest.filter((part) => part.weight < 0).map(againstWords),
    missing: parts
      .filter(({ level, sentence }) => level === 'missing' && sentence !== COUNTED_WITH_PROPERTY)
      .map(({ sentence }) => sentence),
    held: caps.map(({ sentence }) => sentence),
    wouldChange: changes(),
  };

  function changes(): string[] {
    if (zone === 'join') {
      const margin = weight - thresholds.join;
      const identified = parts.some(({ comparison, level }) => (comparison === 'nhs_number' || comparison === 'upn') && level === 'same');
      const needed = strongest.filter((part) => part.weight > margin || (!identified && isOfOneAge(part)));
      return [
        ...needed.map(({ sentence }) => `They would no longer be joined if this were wrong: ${sentence}`),
        'A data steward can decide that they are not the same.',
      ];
    }
    const lifted = caps.map(({ reason }) => WOULD_LIFT[reason]);
    const others = parts.filter(({ comparison }) => !lifted.some(({ by }) => by.includes(comparison)));
    const against = others.filter((part) => part.weight < 0).map(({ comparison }) => WOULD_SPEAK_FOR[comparison]);
    const lacking = others.filter(({ level }) => level === 'missing').map(({ comparison }) => WOULD_HELP[comparison]);
    return [
      ...new Set([...lifted.map(({ sentence }) => sentence), ...against, ...lacking.filter((sentence) => sentence !== undefined)]),
      'A data steward can decide that they are the same.',
    ];
  }
}

/** What agrees in part, and so little that it speaks against one person, says why it does. */
const againstWords = ({ level, sentence }: ComparedPart): string =>
  level === 'different' ? sentence : `${sentence.slice(0, -1)}, which is so of two people more often than of one.`;

/** What is known of an age without a full date of birth: little weight, but nobody of one name and house would be joined without it. */
const isOfOneAge = ({ comparison, level, sentence }: ComparedPart) =>
  comparison === 'date_of_birth' && (level === 'year' || sentence === PUPIL_NUMBER_FITS);

/** What would lift each cap, and which comparisons that corrects: nothing more has to be said of them. */
const WOULD_LIFT: Record<Cap['reason'], { by: readonly Comparison[]; sentence: string }> = {
  twins: {
    by: ['given_name'],
    sentence: 'If the given names were corrected to be the same, the matcher would no longer take them for twins.',
  },
  siblings: {
    by: ['given_name'],
    sentence: 'If the given names were corrected to be the same, the matcher would no longer take them for brothers or sisters.',
  },
  'side by side': {
    by: ['given_name'],
    sentence: 'If the source that keeps both had one record of them, or one number in both, the matcher would no longer take them for two.',
  },
  generations: {
    by: ['date_of_birth'],
    sentence: 'If the dates of birth were corrected to be the same, they would no longer hold the matcher back.',
  },
  'two identifiers': {
    by: [],
    sentence:
      'If the numbers that differ were corrected to be the same, or a wrong one taken out, they would no longer hold the matcher back.',
  },
  'identifier clash': {
    by: [],
    sentence: 'If the shared number were taken off a record that it does not belong to, or names and dates of birth corrected to be the same, it would no longer hold the matcher back.', // prettier-ignore
  },
  'household only': {
    by: ['given_name'],
    sentence: 'If both records had the same given name, the matcher would no longer take them for two of one household.',
  },
  'too little known': {
    by: ['date_of_birth'],
    sentence: 'If both records had the same full date of birth, too little being known would no longer hold the matcher back.',
  },
};

const corrected = (what: string) => `If the ${what} were corrected to be the same, that would speak for one person.`;
const ADDRESS_IN_COMMON = 'If both records had an address in common, that would speak for one person.';
const WOULD_SPEAK_FOR: Record<Comparison, string> = {
  family_name: corrected('family names'),
  given_name: corrected('given names'),
  date_of_birth: corrected('dates of birth'),
  postcode: ADDRESS_IN_COMMON,
  uprn: ADDRESS_IN_COMMON,
  nhs_number: corrected('NHS numbers'),
  upn: corrected('pupil numbers'),
  gender: corrected('genders'),
};

const WOULD_HELP: Partial<Record<Comparison, string>> = {
  family_name: 'A family name on both records would help to decide.',
  given_name: 'A given name on both records would help to decide.',
  date_of_birth: 'A full date of birth on both records would help to decide.',
  uprn: 'A property number (UPRN) on both records would help to decide.',
  nhs_number: 'An NHS number on both records would help to decide.',
  upn: 'A pupil number on both records would help to decide.',
};
