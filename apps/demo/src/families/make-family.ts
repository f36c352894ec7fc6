import { addDays, addYears, type Day } from '../days.js';
import { ORIGINS } from '../names/origins.js';
import type { Random } from '../random.js';
import { FamilyInTheMaking } from './family-in-the-making.js';
import { householdOf } from './household.js';
import { addKinship } from './kinship.js';
import type { Family } from './person.js';
import { expecting, olderPeople, youngAdult } from './shapes/adults.js';
import { coupleWithChildren } from './shapes/couple-with-children.js';
import { adoptiveFamily, fosterHome, grandparentCaring, inRefuge } from './shapes/others-caring.js';
import { fatherWithNewFamily, loneParent, stepFamily } from './shapes/parents-apart.js';

const SHAPES = [
  [coupleWithChildren, 33],
  [loneParent, 19],
  [stepFamily, 9],
  [fatherWithNewFamily, 5],
  [expecting, 4],
  [grandparentCaring, 2.5],
  [fosterHome, 1.5],
  [adoptiveFamily, 0.7],
  [inRefuge, 0.7],
  [olderPeople, 16],
  [youngAdult, 8.6],
] as const;

/** The nth family of the town. */
export function makeFamily(number: number, chance: Random, today: Day): Family {
  const origin = chance.weighted(ORIGINS.map((origin) => [origin, origin.share] as const));
  const make = new FamilyInTheMaking(number, origin, chance, today);
  chance.weighted(SHAPES)(make);
  addGrandmother(make);
  addDeaths(make);
  addKinship(make);
  return make.done();
}

/** One family in eight has the mother's mother in the town. */
function addGrandmother(make: FamilyInTheMaking): void {
  const mother = make.people.find(({ mother }) => mother)?.mother;
  if (!mother || mother.mother || !make.chance.chance(0.12)) return;
  const familyName = mother.formerNames[0]?.family ?? mother.name.family;
  const born = addDays(addYears(mother.born, -make.chance.int(19, 33)), make.chance.int(0, 300));
  mother.mother = make.adult('female', born, householdOf(make.chance, make.today), mother.origin, familyName);
}

function addDeaths(make: FamilyInTheMaking): void {
  const carers = new Set([...make.mainCarers.values(), ...make.people.filter(({ unborn }) => unborn).map(({ mother }) => mother)]);
  for (const person of make.people) {
    const age = Number(make.today.slice(0, 4)) - Number(person.born.slice(0, 4));
    if (age > 25 && !carers.has(person) && make.chance.chance(age > 65 ? 0.08 : 0.008))
      person.deceasedOn = addDays(make.today, -make.chance.int(20, 900));
  }
}
