import type { Ruling } from './answers.js';
import type { ComparedPair } from '#lib/matching';
import { instantWords } from '../day-words.js';
import { type Reviewed, standingRuling } from './read-reviewed.js';

const RULED: Record<Ruling, string> = {
  together: 'Decided: they are one person.',
  apart: 'Decided: they are two people.',
  none: 'The decision was taken back: it is for their details again, or for another steward.',
};

/** How a pair stands that the reader has answered, and whether the matcher follows; nothing of what other stewards have said. */
export function standingWords(reviewed: Reviewed): string[] {
  const { mine, differ, last, joined, asksForAnswer } = reviewed;
  if (asksForAnswer) return [];
  const { takeBack, ruling } = standingRuling(reviewed) ?? {};
  if (ruling && takeBack?.byOwn)
    return [RULED[ruling], 'You have asked to take it back: that waits for another steward, and nothing changes until then.'];
  if (ruling && takeBack?.byOther)
    return [RULED[ruling], 'Another steward asks to take it back. It takes two: do so only if you think so as well.'];
  if (mine === null) return [];
  if (last === null || last.decidedAt < mine.givenAt)
    return [
      differ
        ? 'Stewards have come to different answers. Nothing is decided; a third steward is asked.'
        : 'Nothing is decided yet: it waits for another steward.',
    ];
  if (!last.takenUp) return [RULED[last.ruling], 'The matcher has not taken it up yet. It will; nothing has to be done again.'];
  return [RULED[last.ruling], 'The matcher has taken it up.', ...standsAgainst(last.ruling, joined)];
}

function standsAgainst(ruling: Ruling, joined: boolean): string[] {
  const otherwise = (ruling === 'together' && !joined) || (ruling === 'apart' && joined);
  return otherwise
    ? ['It does not follow it: another decision by hand, or what their source says of its records, stands against it. Tell operations.']
    : [];
}

/** Of two records that a steward has opened: what they are shown as, and what decides it where their details alone would not. */
export function openedWords(reviewed: Reviewed, { zone }: Pick<ComparedPair, 'zone'>): string[] {
  const { joined, sides } = reviewed;
  const shown = joined ? 'They are shown as one person.' : 'They are shown as two people.';
  const standing = standingRuling(reviewed);
  if (standing !== null)
    return [
      `${shown} Data stewards decided on ${instantWords(standing.decidedAt)} that they are ${standing.ruling === 'together' ? 'one person' : 'two people'}.`,
      ...(standing.takenUp ? standsAgainst(standing.ruling, joined) : []),
    ];
  const [one, other] = sides;
  if (one.record.keptApart.includes(other.record.subject)) return [`${shown} Somebody has decided by hand that they are two people.`];
  if (isByDetails(reviewed, { zone })) return [shown];
  return [
    joined
      ? `${shown} By these two alone they would not be: other records, or a decision, hold them together.`
      : `${shown} By these two alone they would be one: other records, or a decision, keep them apart.`,
  ];
}

/** Whether what these two records say of each other is what decides. */
export const isByDetails = (reviewed: Reviewed, { zone }: Pick<ComparedPair, 'zone'>): boolean =>
  standingRuling(reviewed) === null && reviewed.joined === (zone === 'join');
