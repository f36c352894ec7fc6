import type { RelationshipType } from '#lib/events';
import { addDays, addYears, type Day } from '../days.js';
import { anyTelephone } from '../identifiers/telephone.js';
import { nhsNumberOf } from '../identifiers/nhs-number.js';
import { upnOf } from '../identifiers/upn.js';
import { type Name, nameAPerson, type Sex } from '../names/name-a-person.js';
import type { Origin } from '../names/origin.js';
import type { Random } from '../random.js';
import { type Household, homesSince } from './household.js';
import type { Family, Person, Tie } from './person.js';

/** People of one family never number more; it keeps everybody's number apart. */
const MOST_PEOPLE = 24;
/** The National Health Service knows nearly everyone. */
const HAS_NHS_NUMBER = 0.96;

export interface Couple {
  a: Person;
  b: Person;
  kind: Extract<RelationshipType, 'spouse' | 'partner' | 'ex-spouse' | 'ex-partner'>;
  since: Day;
  until: Day | null;
}

/** A family while its shape is being put together: people, couples, who cares for whom. */
export class FamilyInTheMaking {
  readonly people: Person[] = [];
  readonly couples: Couple[] = [];
  readonly ties: Tie[] = [];
  readonly mainCarers = new Map<Person, Person>();
  /** Fathers and others without parental responsibility. */
  readonly notResponsible = new Set<Person>();
  need: number;

  constructor(
    readonly number: number,
    readonly origin: Origin,
    readonly chance: Random,
    readonly today: Day,
  ) {
    this.need = chance.next() ** 2;
  }

  adult(sex: Sex, born: Day, household: Household, origin = this.origin, familyName?: string | null): Person {
    return this.#add(sex, born, household, origin, nameAPerson(origin, sex, this.chance, { familyName }), null, null);
  }

  child(mother: Person | null, father: Person | null, born: Day, household: Household, familyName: string | null): Person {
    const sex: Sex = this.chance.chance(0.51) ? 'male' : 'female';
    const origin = (father ?? mother)?.origin ?? this.origin;
    return this.#add(
      sex,
      born,
      household,
      origin,
      nameAPerson(origin, sex, this.chance, { father: father?.name, familyName }),
      mother,
      father,
    );
  }

  /** Born some day in the year in which they turn that age. */
  bornAtAge(age: number): Day {
    return addDays(addYears(this.today, -age), -this.chance.int(1, 360));
  }

  couple(a: Person, b: Person, kind: Couple['kind'], until: Day | null = null): void {
    this.couples.push({ a, b, kind, since: addYears(until ?? this.today, -this.chance.int(2, 15)), until });
  }

  tie(of: Person, other: Person, relationship: RelationshipType, more: Partial<Tie> = {}): void {
    this.ties.push({ of, other, relationship, parentalResponsibility: false, mainCarer: false, startedOn: null, endedOn: null, ...more });
  }

  done(): Family {
    return { number: this.number, people: this.people, ties: this.ties, need: this.need };
  }

  #add(sex: Sex, born: Day, household: Household, origin: Origin, name: Name, mother: Person | null, father: Person | null): Person {
    const n = this.number * MOST_PEOPLE + this.people.length;
    const person: Person = {
      id: `person-${n}`,
      family: this.number,
      origin,
      sex,
      name,
      formerNames: [],
      born,
      unborn: born > this.today,
      deceasedOn: null,
      mother,
      father,
      homes: homesSince(born, household),
      phone: this.chance.chance(0.8) ? anyTelephone(this.chance) : null,
      nhsNumber: this.chance.chance(HAS_NHS_NUMBER) && born <= this.today ? nhsNumberOf(n) : null,
      upn: upnOf(n, Number(born.slice(0, 4)) + 4),
      restricted: this.chance.chance(0.003),
    };
    this.people.push(person);
    return person;
  }
}
