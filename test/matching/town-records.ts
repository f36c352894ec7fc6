import type { MatchRecord } from '#lib/matching';
import type { Person } from '../../apps/demo/src/families/person.js';
import type { SourceRecord } from '../../apps/demo/src/history/source-record.js';
import { Random } from '../../apps/demo/src/random.js';
import { describedOn } from '../../apps/demo/src/spelling/write-details.js';
import { SYSTEMS } from '../../apps/demo/src/systems/systems.js';
import { makeTown } from '../../apps/demo/src/town.js';

/** A record as matching sees it, and who it truly is, which only figures look at. */
export interface TownRecord {
  record: MatchRecord;
  person: Person;
}

export const TODAY = '2026-11-01';
const SENSITIVE = ['police', 'youth-offending', 'adult-social-care'];
const sensitiveSources = new Set(SYSTEMS.filter(({ service }) => SENSITIVE.includes(service)).map(({ source }) => source));

/** Shares of what goes wrong in this town beyond what goes wrong in the demo's. */
const MISSING_BIRTH_DATE = 0.22;
const DEFAULT_BIRTH_DATE = 0.01;
const NAMED_AFTER_FATHER = 0.02;
const MORE_TWINS = 0.04;
const TWINS_NAMED_ALIKE = 0.6;
const STILL_UNBORN = 0.3;
const NUMBER_OF_A_RELATIVE = 0.004;
const WRONG_DIGIT = 0.005;

/** Given names that two of one sex may well have, and that one person may be known by: forms of one name, or of one sound. */
const NAMED_ALIKE = {
  female: [['Anna', 'Hannah'], ['Maria', 'Mia'], ['Carla', 'Carly'], ['Ellie', 'Eleanor'], ['Alice', 'Alicia']],
  male: [['Jack', 'John'], ['Henry', 'Harry'], ['Alex', 'Alexander'], ['Taylor', 'Tyler'], ['Fred', 'Alfie']],
} as const; // prettier-ignore

/**
 * The records of a town: the demo's, whose systems write names their own way, know old addresses and other surnames, and keep some people twice; and in
 * it more twins (many of them under two forms of one name), sons with their father's whole name, babies still unborn in one system, dates of birth missing (22 %) or filled in,
 * numbers of a relative or with a wrong digit. The same seed gives the same records.
 */
export function townRecords(seed: string, families: number): TownRecord[] {
  const chance = new Random(`${seed}/matching`);
  const { records, families: made } = makeTown({ seed, today: TODAY, families });
  const namesake = new Map<Person, Person>();
  const twinOf = new Map<Person, Person>();
  for (const { people } of made)
    for (const person of people) {
      const { mother, father, sex, name } = person;
      if (sex === 'male' && father && father.name.family === name.family && chance.chance(NAMED_AFTER_FATHER)) namesake.set(person, father);
      const elder = people.find(
        (other) =>
          other !== person &&
          other.name.given[0] !== name.given[0] &&
          other.mother === mother &&
          mother &&
          !other.unborn &&
          other.born < person.born,
      );
      if (elder && !person.unborn && chance.chance(MORE_TWINS)) twinOf.set(person, elder);
    }
  for (const [person, elder] of twinOf) person.born = elder.born;
  const alike = twinsNamedAlike(made.flatMap(({ people }) => people), chance); // prettier-ignore
  return records.map((known, place) => {
    const { person } = known;
    const there = chance.fork(place);
    const record = asRecorded(known);
    const father = namesake.get(person);
    if (father) record.names = [{ family: father.name.family, given: father.name.given, kind: 'current' }];
    const given = alike.get(person);
    if (given && record.names[0]?.given.length) record.names = [{ ...record.names[0], given: [given] }];
    const elder = twinOf.get(person);
    if (elder && record.dateOfBirth?.precision === 'day') record.dateOfBirth = { date: elder.born, precision: 'day' };
    if (person.born > '2026-01-01' && person.born <= TODAY && there.chance(STILL_UNBORN)) {
      record.names = [{ family: person.mother?.name.family ?? null, given: ['Unborn'], kind: 'current' }];
      record.dateOfBirth = { date: person.born, precision: 'expected' };
    } else if (record.dateOfBirth && there.chance(DEFAULT_BIRTH_DATE)) record.dateOfBirth = { date: '1900-01-01', precision: 'day' };
    else if (there.chance(MISSING_BIRTH_DATE - 0.1)) record.dateOfBirth = null;
    const relative = person.mother?.nhsNumber;
    record.identifiers = record.identifiers.map((identifier) => {
      if (identifier.type !== 'nhs') return identifier;
      if (relative && there.chance(NUMBER_OF_A_RELATIVE)) return { ...identifier, value: relative };
      return there.chance(WRONG_DIGIT)
        ? { ...identifier, value: identifier.value.replace(/\d$/, (digit) => String((Number(digit) + 3) % 10)) }
        : identifier;
    });
    return { record, person };
  });
}

/** What some twins of one sex are called instead: each by a name that might be a form of the other's. */
function twinsNamedAlike(people: readonly Person[], chance: Random): Map<Person, string> {
  const births = Map.groupBy(people.filter(({ mother, unborn }) => mother && !unborn), ({ mother, born, sex }) => `${mother?.id} ${born} ${sex}`); // prettier-ignore
  const names = new Map<Person, string>();
  for (const [birth, [one, other]] of births) {
    const there = chance.fork('alike', birth);
    if (!one || !other || !there.chance(TWINS_NAMED_ALIKE)) continue;
    const [name, another] = there.pick<readonly [string, string]>(NAMED_ALIKE[one.sex]);
    names.set(one, name).set(other, another);
  }
  return names;
}

function asRecorded({ source, recordId, written }: SourceRecord): MatchRecord {
  const { names, dateOfBirth, gender, addresses, identifiers } = describedOn(TODAY, written);
  return {
    subject: `${source}-${recordId}`,
    source,
    sensitive: sensitiveSources.has(source),
    names: (names ?? []).map(({ family = null, given = [], kind }) => ({ family, given, ...(kind && { kind }) })),
    dateOfBirth: dateOfBirth ?? null,
    gender,
    addresses: addresses ?? [],
    identifiers: identifiers ?? [],
  };
}
