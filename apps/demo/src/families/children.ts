import { addDays, addYears, ageOn, type Day } from '../days.js';
import type { FamilyInTheMaking } from './family-in-the-making.js';
import type { Household } from './household.js';
import type { Person } from './person.js';

/** About one birth in sixty is of twins. */
const TWINS = 1 / 60;
/** Grown children beyond this age have left the story. */
const OLDEST = 24;

/** The children of two people (or of a mother alone), eldest first, none of them before `notBefore`. At least one where there was time. */
export function bringUp(
  make: FamilyInTheMaking,
  parents: { mother: Person; father: Person | null },
  household: Household,
  o: { familyName: string | null; atMost?: number; notBefore?: Day },
): Person[] {
  const { chance, today } = make;
  const wanted = Math.min(
    o.atMost ?? 9,
    chance.weighted([
      [1, 37],
      [2, 39],
      [3, 16],
      [4, 6],
      [5, 2],
    ]),
  );
  const children: Person[] = [];
  let born = firstBirth(make, parents.mother, o.notBefore);
  while (children.length < wanted && born <= today) {
    if (ageOn(born, today) <= OLDEST) {
      const births = chance.chance(TWINS) ? 2 : 1;
      for (let i = 0; i < births; i++) children.push(sibling(make, parents, born, household, o.familyName, children));
    }
    born = addDays(born, chance.int(400, 1500));
  }
  return children;
}

function firstBirth(make: FamilyInTheMaking, mother: Person, notBefore: Day = '0000'): Day {
  const age = ageOn(mother.born, make.today);
  const first = addYears(mother.born, Math.min(make.chance.int(17, 34), age - 1) + make.chance.next());
  const oldest = addDays(addYears(make.today, -OLDEST), make.chance.int(100, 3000));
  const earliest = [first, notBefore, oldest].sort().at(-1)!;
  return earliest > make.today ? addDays(make.today, -make.chance.int(10, 300)) : earliest;
}

/** No two children of a family share a first name. */
function sibling(
  make: FamilyInTheMaking,
  { mother, father }: { mother: Person; father: Person | null },
  born: Day,
  household: Household,
  familyName: string | null,
  others: Person[],
): Person {
  const child = make.child(mother, father, born, household, familyName);
  const taken = new Set(others.map((other) => other.name.given[0]));
  for (let tries = 0; taken.has(child.name.given[0]) && tries < 20; tries++) {
    const first = make.chance.pick(child.origin[child.sex]);
    child.name.given = [first, ...child.name.given.slice(1).filter((name) => name !== first)];
  }
  return child;
}
