import { addDays, addYears, later } from '../days.js';
import { involve } from './involve.js';
import type { Involvement, Occasion } from './involvement.js';
import { spells } from './spells.js';

/** Care of older people, of adults with a disability, and of parents with needs of their own. */
export function adultSocialCare(occasion: Occasion): Involvement[] {
  const { person, teams, chance, today } = occasion;
  const from = later(addYears(person.born, 18), addYears(today, -9));
  const found = spells(chance, { from, to: today, atMost: chance.chance(0.35) ? 2 : 1, days: [60, 1500], openNow: 0.6 });
  const team = chance.pick(teams);
  return found.map((spell) => {
    const until = spell.closedOn ?? today;
    const lastInteractionOn = later(spell.openedOn, addDays(until, -chance.int(0, 90)));
    return involve(occasion, spell, team, {
      facts: { adultSocialCare: { lastInvolvementStartedOn: spell.openedOn, lastInteractionOn } },
      reasons: ['Package of care ended', 'Moved to residential care', 'Declined further support'],
    });
  });
}
