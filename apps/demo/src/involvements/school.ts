import { addDays, addYears, ageOn, type Day } from '../days.js';
import type { Team } from '../staff/team.js';
import { involve } from './involve.js';
import type { Involvement, Occasion } from './involvement.js';

/** Terms begin on this day of the year in which a child turns five (primary) or twelve (secondary). */
const TERM = '-09-04';
const LEAVING_AGE = 16;

/** A child's schools: primary, then secondary, sometimes a change between, sometimes off-site provision beside. */
export function school(occasion: Occasion): Involvement[] {
  const { person, teams, chance, today } = occasion;
  const primaries = teams.filter(({ name }) => name === 'Primary');
  const secondaries = teams.filter(({ name }) => name === 'Secondary');
  const starts = (age: number): Day => `${Number(addDays(person.born, -243).slice(0, 4)) + age + 1}${TERM}`;
  const moved = chance.chance(0.18);
  const change = addYears(starts(5), 1 + chance.next() * 4);
  const first = chance.pick(primaries);
  const places: { at: Team; from: Day; to: Day }[] = [
    { at: first, from: starts(4), to: moved ? change : starts(11) },
    ...(moved ? [{ at: chance.pick(primaries.filter((team) => team !== first)), from: change, to: starts(11) }] : []),
    { at: chance.pick(secondaries), from: starts(11), to: addDays(starts(LEAVING_AGE), -60) },
  ];
  const attended = places.filter(({ from }) => from <= today).map(({ at, from, to }) => enrol(occasion, at, from, to, 'main'));
  const offSite = teams.find(({ name }) => name === 'Off-site provision');
  if (offSite && ageOn(person.born, today) > 11 && chance.chance(0.04))
    attended.push(enrol(occasion, offSite, addDays(today, -chance.int(60, 500)), addDays(today, chance.int(-40, 200)), 'off-site'));
  return attended;
}

function enrol(occasion: Occasion, at: Team, from: Day, to: Day, admissionType: 'main' | 'off-site'): Involvement {
  return involve(occasion, { openedOn: from, closedOn: to <= occasion.today ? to : null }, at, {
    facts: { school: { schoolName: at.organisation, admissionType, contactNumber: at.phone } },
    reasons: ['Moved to another school', 'Left at the end of the year'],
    steady: !occasion.chance.chance(0.2),
  });
}
