import type { StoredInvolvement } from '../view-person/read-involvements.js';
import type { KeptProblems } from './kept-problems.js';
import type { PanelChanged } from './panel-changed.js';
import { OF_NO_INVOLVEMENT, OF_ONE_INVOLVEMENT } from './problem-categories.js';
import type { ProblemReport } from './problem-form.js';

/** Several involvements are shown, and the reader has not said which of them is meant. */
export interface WhichIsAsked {
  whichIsAsked: true;
}

export const isWhichAsked = (result: object): result is WhichIsAsked => 'whichIsAsked' in result;

export const SELECT_WHICH = 'Select which of them it is';

/**
 * The involvement that a report on an opened panel is of; null: the whole panel. One that is not shown is the same whatever the reason, also where nobody has it. A single
 * one is chosen by itself, but only where the report must be of one: other details may be those of the record.
 * @param shown those that the panel shows
 */
export function involvementMeant(
  shown: readonly StoredInvolvement[],
  { category, involvement }: ProblemReport,
  kept: KeptProblems,
): StoredInvolvement | WhichIsAsked | PanelChanged | null {
  const chosen = shown.find((one) => kept.nameOf(one) === involvement);
  if (involvement !== undefined && chosen === undefined) return { panelChanged: true };
  if (OF_NO_INVOLVEMENT.includes(category)) return null;
  if (shown.length > 1) return chosen ?? (OF_ONE_INVOLVEMENT.includes(category) ? { whichIsAsked: true } : null);
  return OF_ONE_INVOLVEMENT.includes(category) ? (shown[0] ?? null) : null;
}
