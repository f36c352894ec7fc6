import { addDays, addYears, later } from '../days.js';
import type { Random } from '../random.js';
import { involve } from './involve.js';
import type { Involvement, Occasion, ServiceFacts } from './involvement.js';
import { spells } from './spells.js';

type Housing = NonNullable<ServiceFacts['housing']>;
type Matter = NonNullable<Housing['rentArrears']>;

/** A tenancy and what has gone wrong with it: neighbours, rent, notice, eviction. */
export function housing(occasion: Occasion): Involvement[] {
  const { person, family, teams, chance, today } = occasion;
  const from = later(addYears(person.born, 16), addYears(today, -14));
  const found = spells(chance, { from, to: today, atMost: chance.chance(0.25) ? 2 : 1, days: [200, 3000], openNow: 0.8 });
  const team = chance.pick(teams);
  return found.map((spell) => {
    const until = spell.closedOn ?? today;
    const trouble = 0.05 + family.need * 0.3;
    const matter = (share: number): Matter => matterOf(chance, share, later(spell.openedOn, addDays(until, -chance.int(10, 340))));
    const facts: Housing = {
      association: team.organisation,
      tenancyStartedOn: spell.openedOn,
      antiSocialBehaviour: matter(trouble),
      rentArrears: matter(trouble * 1.6),
      noticeSeekingPossession: matter(trouble * 0.5),
      eviction: matter(trouble * 0.15),
    };
    return involve(occasion, spell, team, {
      facts: { housing: facts },
      reasons: ['Tenancy ended', 'Transferred', 'Abandoned', 'Evicted'],
      steady: chance.chance(0.8),
    });
  });
}

function matterOf(chance: Random, share: number, on: string): Matter {
  if (!chance.chance(share)) return { state: 'none', on: null };
  return { state: chance.chance(0.5) ? 'open' : 'closed', on };
}
