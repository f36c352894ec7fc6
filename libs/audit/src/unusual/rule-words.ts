import type { UnusualRule, UnusualUse } from './unusual-use.js';

/** What a rule is called, and what it goes by with the thresholds as they are set. */
export function ruleWords(rule: UnusualRule, use: UnusualUse): { name: string; explanation: string } {
  const { sameSurname, outOfHours, volume, listed, outsideCaseload, thinReasons, refusals } = use;
  const { hours } = outOfHours;
  const anyTime = Object.entries(outOfHours.roles).flatMap(([role, at]) => (at === 'any-time' ? [role] : []));
  const words: Record<UnusualRule, { name: string; explanation: string }> = {
    self: {
      name: 'Perhaps the reader themself',
      explanation: 'Somebody was opened whose first and last name are the reader’s. Namesakes are common: a prompt to look, no more.',
    },
    sameSurname: {
      name: 'Same surname',
      explanation: `Somebody was opened who bears the reader’s surname, one that at most ${sameSurname.heldByAtMost} people in the index bear. A prompt to look, no more.`,
    },
    sameHousehold: {
      name: 'Perhaps the same household',
      explanation:
        'Somebody was opened who has an address in common with a person of the reader’s first and last name. A prompt to look, no more.',
    },
    outOfHours: {
      name: 'Out of hours',
      explanation: `Somebody was opened outside ${hours.from} to ${hours.to}${hours.weekends ? '' : ' or at a weekend'}, or outside the hours set for the role; ${outOfHours.looks} or more times on that day, in London’s time.${anyTime.length > 0 ? ` Not asked of: ${anyTime.join(', ')}.` : ''} Bank holidays are days like others.`,
    },
    volume: {
      name: 'More people than usual',
      explanation: `More than ${volume.people} people were opened on one day, and more than ${volume.timesUsual} times the reader’s usual: the median of their days of the last ${volume.usualDays}. Somebody without such days has no usual yet.`,
    },
    listed: {
      name: 'Many people in search results',
      explanation: `Searches listed more than ${listed.people} different people to one reader on one day, or led to them by a case ID, opened or not, and more than ${listed.timesUsual} times the reader’s usual of the last ${listed.usualDays} days. No reason is asked for a search.`,
    },
    outsideCaseload: {
      name: 'Many people outside the caseload',
      explanation: `More than ${outsideCaseload.people} people outside the reader’s caseload were opened in one week, for whatever reason, and more than ${outsideCaseload.timesUsual} times the reader’s usual: the median of their weeks of the last ${outsideCaseload.usualDays} days. A family that one reason opens counts each of them.`,
    },
    thinReasons: {
      name: 'Thin reasons',
      explanation: `${thinReasons.people} or more people outside the reader’s caseload were opened in one week with the reason “other”, or with no reference yet. A family that one reason opens counts each of them.`,
    },
    overrides: {
      name: 'Restricted record opened',
      explanation: 'A restricted person was opened by the separate way in. Each one is looked at.',
    },
    refusals: {
      name: 'Refused again and again',
      explanation: `The reader was refused ${refusals.people} or more people on one day, or turned back when a reason was asked. Whoever gave it within the hour was not refused.`,
    },
    knownPerson: {
      name: 'Somebody the reader knows',
      explanation:
        'The reader tried to open somebody they have said to know. It was refused. A refusal within a minute of their saying so is not counted: what was open already makes it.',
    },
  };
  return words[rule];
}
