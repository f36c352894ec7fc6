import type { Day } from '../days.js';
import type { Home, Person } from '../families/person.js';
import type { Random } from '../random.js';
import type { Details, Habits, Identifier } from './habits.js';
import { withoutMarks } from './letters.js';
import { writeBirthDate } from './write-birth-date.js';
import { writeNames } from './write-names.js';

/** What one system writes down once about a person; only addresses change with time. */
export interface Written {
  fixed: Omit<Details, 'addresses'>;
  person: Person;
  habits: Habits;
  stale: boolean;
}

export function writeDown(person: Person, habits: Habits, chance: Random, caseId: string | null): Written {
  return {
    person,
    habits,
    stale: person.homes.length > 1 && !person.homes.at(-1)!.confidential && chance.chance(habits.oldAddress),
    fixed: {
      names: writeNames(person, habits, chance),
      ...writeBirthDate(person, habits, chance),
      gender: person.unborn || chance.chance(0.01) ? 'not-known' : person.sex,
      identifiers: identifiersOf(person, habits, chance, caseId),
      phone: person.phone && chance.chance(habits.phone) ? person.phone : null,
      deceasedOn: person.deceasedOn,
    },
  };
}

/** The whole description as that system would state it on that day. */
export function describedOn(day: Day, { fixed, person, habits, stale }: Written): Details {
  const known = person.homes.filter((home) => home.from <= day);
  const homes = stale ? known.slice(0, -1) : known;
  return {
    ...fixed,
    deceasedOn: fixed.deceasedOn && fixed.deceasedOn <= day ? fixed.deceasedOn : null,
    addresses: homes.map((home) => addressOf(home, day, habits)),
  };
}

function addressOf(home: Home, day: Day, { keepsMarks }: Habits): NonNullable<Details['addresses']>[number] {
  const past = home.to !== null && home.to <= day;
  return {
    lines: keepsMarks ? home.lines : home.lines.map(withoutMarks),
    postcode: home.postcode,
    uprn: home.uprn,
    from: home.from,
    to: past ? home.to : null,
    kind: past && home.kind === 'home' ? 'previous' : home.kind,
    confidential: home.confidential,
  };
}

function identifiersOf(person: Person, habits: Habits, chance: Random, caseId: string | null): Identifier[] {
  const identifiers: Identifier[] = [];
  if (person.nhsNumber && chance.chance(habits.nhsNumber)) identifiers.push({ type: 'nhs', value: person.nhsNumber });
  for (const type of habits.otherIdentifiers) {
    if (type === 'upn' && chance.chance(0.9)) identifiers.push({ type, value: person.upn });
    if (type === 'cms' && caseId && chance.chance(0.4)) identifiers.push({ type, value: caseId });
  }
  return identifiers;
}
