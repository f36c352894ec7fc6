import { addYears, later } from '../days.js';
import { involve } from './involve.js';
import type { Involvement, Occasion } from './involvement.js';
import { spells } from './spells.js';

const REASONS = [
  'Assessment complete, no further action',
  'Stepped down to early help',
  'Plan ended',
  'Moved out of Northbridge',
  'Reached 18',
];

/** Children of families in need have a social worker now, or had one. */
export function childrensSocialCare(occasion: Occasion): Involvement[] {
  const { person, family, teams, chance, today } = occasion;
  const eighteenth = addYears(person.born, 18);
  const to = eighteenth < today ? eighteenth : today;
  const from = later(person.unborn ? addYears(today, -0.4) : person.born, addYears(today, -12));
  const found = spells(chance, {
    from,
    to,
    atMost: person.unborn ? 1 : 1 + Math.floor(family.need * 2.1),
    days: person.unborn ? [20, 100] : [40, 600],
    openNow: eighteenth < today ? 0 : 0.15 + 0.8 * family.need,
  });
  const team = chance.pick(teams);
  return found.map((spell) =>
    involve(occasion, spell, team, { reasons: REASONS, coordinating: spell.closedOn === null && chance.chance(0.8) }),
  );
}
