import type { ListedGeneration } from '#lib/read-model';
import type { Alarm } from './alarm.js';

/** A comparison that `control.comparison` keeps. `beside`: the other generation; null: the log itself. */
export interface Compared {
  generation: number;
  beside: number | null;
  differences: number;
  /** Milliseconds since 1970. */
  comparedAt: number;
}

/**
 * How many differences were found in what readers see, and not answered for. Checks against the log take other people each time, so one
 * that found nothing does not undo another; of comparisons with a generation the last one counts. One of another fold version is to differ.
 * @param o.acceptedAt everything up to then was answered for
 */
export function differencesIn(
  generations: readonly Pick<ListedGeneration, 'id' | 'state' | 'foldVersion'>[],
  compared: readonly Compared[],
  o: { acceptedAt: number | null },
): number {
  const live = generations.find(({ state }) => state === 'live');
  if (!live) return 0;
  const lastBeside = new Map<number, Compared>();
  let differences = 0;
  for (const one of compared.filter(({ comparedAt }) => comparedAt > (o.acceptedAt ?? 0))) {
    if (one.beside === null) differences += one.generation === live.id ? one.differences : 0;
    else {
      const other = one.generation === live.id ? one.beside : one.beside === live.id ? one.generation : undefined;
      const kept = generations.find(
        ({ id, state, foldVersion }) => id === other && state !== 'dropped' && foldVersion === live.foldVersion,
      );
      if (kept && one.comparedAt >= (lastBeside.get(kept.id)?.comparedAt ?? 0)) lastBeside.set(kept.id, one);
    }
  }
  return differences + [...lastBeside.values()].reduce((sum, { differences }) => sum + differences, 0);
}

export const judgeDifferences = (differences: number): Alarm[] =>
  differences === 0 ? [] : [{ code: 'difference-found', source: null, details: { differences } }];
