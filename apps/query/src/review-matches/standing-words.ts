import type { Ruling } from './answers.js';
import type { Reviewed } from './read-reviewed.js';

const RULED: Record<Ruling, string> = {
  together: 'Decided: they are one person.',
  apart: 'Decided: they are two people.',
  none: 'The decision was taken back: it is for their details again, or for another steward.',
};

/** How a pair stands that the reader has answered, and whether the matcher follows; nothing of what other stewards have said. */
export function standingWords({ mine, differ, last, joined }: Reviewed): string[] {
  if (mine === null) return [];
  if (last === null || last.decidedAt < mine.givenAt)
    return [
      differ
        ? 'Stewards have come to different answers. Nothing is decided; a third steward is asked first of all.'
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
