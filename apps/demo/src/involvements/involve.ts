import { addDays, daysBetween, type Day } from '../days.js';
import type { Random } from '../random.js';
import type { Team } from '../staff/team.js';
import type { Involvement, Occasion, ServiceFacts } from './involvement.js';
import type { Spell } from './spells.js';

/** Workers stay with a family for about this long. */
const DAYS_WITH_ONE_WORKER = 800;
/** Cases that nobody is named on. */
const UNALLOCATED = 0.06;
const ENTERED_IN_ERROR = 0.004;

/** Turns a spell into an involvement of that team, with the workers who followed each other on it. */
export function involve(
  { chance, today }: Pick<Occasion, 'chance' | 'today'>,
  spell: Spell,
  team: Team,
  o: { facts?: ServiceFacts; reasons?: readonly string[]; coordinating?: boolean; steady?: boolean } = {},
): Involvement {
  const until = spell.closedOn ?? today;
  return {
    ...spell,
    reason: spell.closedOn && o.reasons ? chance.pick(o.reasons) : null,
    team,
    workers: o.steady
      ? [{ from: spell.openedOn, practitioner: chance.pick(team.workers) }]
      : successors(spell.openedOn, until, team, chance),
    coordinating: o.coordinating ?? false,
    facts: o.facts ?? null,
    retractedOn:
      chance.chance(ENTERED_IN_ERROR) && daysBetween(spell.openedOn, until) > 8 ? addDays(spell.openedOn, chance.int(1, 7)) : null,
  };
}

function successors(from: Day, until: Day, team: Team, chance: Random): Involvement['workers'] {
  const workers: Involvement['workers'] = [];
  for (
    let day = from;
    day < until && workers.length < 4;
    day = addDays(day, chance.int(DAYS_WITH_ONE_WORKER / 3, DAYS_WITH_ONE_WORKER * 2))
  )
    workers.push({ from: day, practitioner: chance.chance(UNALLOCATED) ? null : chance.pick(team.workers) });
  return workers.length > 0 ? workers : [{ from, practitioner: chance.pick(team.workers) }];
}
