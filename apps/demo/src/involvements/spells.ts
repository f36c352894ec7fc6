import { addDays, type Day } from '../days.js';
import type { Random } from '../random.js';

export interface Spell {
  openedOn: Day;
  closedOn: Day | null;
}

/** Times of involvement between two days, in order, without overlap. The last may still be going on. */
export function spells(
  chance: Random,
  o: { from: Day; to: Day; atMost: number; days: [shortest: number, longest: number]; openNow: number },
): Spell[] {
  const found: Spell[] = [];
  let end = o.to;
  for (let i = 0; i < o.atMost; i++) {
    const open = i === 0 && chance.chance(o.openNow);
    const closedOn = open ? null : addDays(end, -chance.int(20, 700));
    const openedOn = addDays(closedOn ?? o.to, -chance.int(o.days[0], o.days[1]));
    if (openedOn < o.from) break;
    found.unshift({ openedOn, closedOn });
    end = openedOn;
  }
  return found;
}
