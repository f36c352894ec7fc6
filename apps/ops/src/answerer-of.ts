import type { ProblemWaiting } from '#lib/read-model';
import { dataAnalysts, expectedSources } from './expected-sources.js';

/** Whom to write to: a member of staff. */
export interface Answerer {
  name: string;
  email: string;
}

/** Whose answer a problem waits for, as the authority's settings name them; null where they name nobody. */
export function answererOf({ source, waitsFor }: Pick<ProblemWaiting, 'source' | 'waitsFor'>): Answerer | null {
  const analysts = dataAnalysts();
  if (waitsFor === 'data-analyst') return analysts === undefined ? null : { name: analysts.name, email: analysts.email };
  return expectedSources().find(({ id }) => id === source)?.owners?.[waitsFor === 'first-owner' ? 0 : 1] ?? null;
}
