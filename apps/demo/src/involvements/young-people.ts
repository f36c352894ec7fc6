import { addDays, addYears, earlier, later } from '../days.js';
import { involve } from './involve.js';
import type { Involvement, Occasion } from './involvement.js';
import { spells } from './spells.js';

/** Youth justice works with people of 10 to 17; an order may run on a little. */
export function youthOffending(occasion: Occasion): Involvement[] {
  const { person, teams, chance, today } = occasion;
  const to = earlier(addYears(person.born, 18.5), today);
  const found = spells(chance, { from: addYears(person.born, 10), to, atMost: 2, days: [60, 400], openNow: to === today ? 0.5 : 0 });
  const team = chance.pick(teams);
  return found.map((spell) =>
    involve(occasion, spell, team, { reasons: ['Order completed', 'Diversion completed', 'Transferred to probation'] }),
  );
}

/** The careers service knows who is in neither school, work nor training between 16 and 24. */
export function notInEducation(occasion: Occasion): Involvement[] {
  const { person, teams, chance, today } = occasion;
  const found = spells(chance, { from: addYears(person.born, 16), to: today, atMost: 2, days: [40, 500], openNow: 0.45 });
  const team = chance.pick(teams);
  return found.map((spell) => {
    const status = chance.weighted([
      ['seeking-work', 60],
      ['not-available', 25],
      ['not-known', 15],
    ] as const);
    return involve(occasion, spell, team, {
      facts: { notInEducation: { status } },
      reasons: ['Started college', 'Started work', 'Lost contact', 'Turned 25'],
    });
  });
}

/** Help for a family before social care is needed; one involvement for each child and for the main carer. */
export function earlyHelp(occasion: Occasion): Involvement[] {
  const { person, teams, chance, today } = occasion;
  const from = later(person.unborn ? addDays(today, -150) : person.born, addYears(today, -6));
  const found = spells(chance, { from, to: today, atMost: chance.chance(0.4) ? 2 : 1, days: [50, 400], openNow: 0.35 });
  const team = teams[person.family % teams.length]!;
  return found.map((spell) =>
    involve(occasion, spell, team, {
      coordinating: spell.closedOn === null && chance.chance(0.3),
      reasons: ['Outcomes met', 'Stepped up to social care', 'Consent withdrawn', 'Family moved'],
    }),
  );
}

/** Children who look after somebody at home: one involvement, seen every few weeks. */
export function youngCarers(occasion: Occasion): Involvement[] {
  const { person, teams, chance, today } = occasion;
  const from = later(addYears(person.born, 8), addYears(today, -5));
  const found = spells(chance, { from, to: today, atMost: 1, days: [90, 900], openNow: 0.65 });
  const team = chance.pick(teams);
  return found.map((spell) => {
    const lastInteractionOn = later(spell.openedOn, addDays(spell.closedOn ?? today, -chance.int(1, 40)));
    return involve(occasion, spell, team, {
      facts: { generic: { kind: 'Young carer', lastInteractionOn } },
      reasons: ['No longer caring', 'Turned 18', 'Family moved'],
    });
  });
}
