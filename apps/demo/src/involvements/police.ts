import { OFFENCES } from '#lib/events';
import { addDays, addYears, daysBetween, later } from '../days.js';
import type { Random } from '../random.js';
import { involve } from './involve.js';
import type { Involvement, Occasion, ServiceFacts } from './involvement.js';

type Offence = NonNullable<NonNullable<ServiceFacts['police']>['offences']>[number];
const OFFENCE_WEIGHTS: readonly (readonly [keyof typeof OFFENCES, number])[] = [
  ['violence-without-injury', 40],
  ['violence-with-injury', 28],
  ['possession-of-weapons', 12],
  ['robbery', 8],
  ['other-sexual-offences', 8],
  ['rape', 3],
  ['homicide', 1],
];

/** One nominal record that is never closed: the police hold records, they are not "involved". */
export function police(occasion: Occasion): Involvement[] {
  const { person, teams, chance, today } = occasion;
  const from = later(addYears(person.born, 10), addYears(today, -12));
  if (from >= today) return [];
  const openedOn = addDays(from, chance.int(0, daysBetween(from, today) - 1));
  const team = chance.pick(teams);
  const facts: ServiceFacts['police'] = {
    area: team.name,
    offences: offences(chance, openedOn, today),
    nonSafeguarding: chance.chance(0.55),
  };
  return [involve(occasion, { openedOn, closedOn: null }, team, { facts: { police: facts }, steady: true })];
}

function offences(chance: Random, from: string, to: string): Offence[] {
  const count = chance.weighted([
    [0, 50],
    [1, 27],
    [2, 13],
    [3, 6],
    [5, 4],
  ]);
  return Array.from({ length: count }, () => ({
    date: addDays(from, chance.int(0, Math.max(0, daysBetween(from, to) - 1))),
    type: chance.weighted(OFFENCE_WEIGHTS),
    nature: chance.chance(0.6) ? ('convict' as const) : ('suspect' as const),
  })).sort((a, b) => (a.date < b.date ? 1 : -1));
}
