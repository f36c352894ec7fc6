import { SourceEvent, type SourceEventInput } from '#lib/events';
import { daysBetween } from './days.js';
import { checkLetter } from './identifiers/upn.js';
import { nhsCheckDigit } from './identifiers/nhs-number.js';
import { A_READERS_SURNAME, makeTown } from './town.js';

const TODAY = '2026-11-23';
const town = makeTown({ seed: 'northbridge', today: TODAY });
const people = town.families.flatMap((family) => family.people);
const everything: SourceEventInput[] = [...town.history.values()].flat();
const eventsOf = <T extends SourceEventInput['type']>(type: T) =>
  everything.filter((event): event is Extract<SourceEventInput, { type: T }> => event.type === type);

test('the same seed and day make the same town, byte for byte; another seed makes another', () => {
  const small = (seed: string) => JSON.stringify([...makeTown({ seed, today: TODAY, families: 40 }).history]);
  expect(small('northbridge')).toBe(small('northbridge'));
  expect(small('northbridge')).not.toBe(small('southbridge'));
});

test('about 3,000 families and 10,000 people have about 67,000 events behind them, from all ten systems', () => {
  expect(town.families).toHaveLength(3000);
  expect(people.length).toBeGreaterThan(9_500);
  expect(people.length).toBeLessThan(10_800);
  expect(everything.length).toBeGreaterThan(62_000);
  expect(everything.length).toBeLessThan(72_000);
  expect([...town.history].filter(([source, events]) => events.length < (source === 'generic' ? 250 : 1000))).toEqual([]);
  expect(town.history.size).toBe(10);
});

test('one family bears the surname of somebody who looks things up, and few people do', () => {
  const bearers = people.filter(({ name }) => name.family === A_READERS_SURNAME);
  expect(bearers.length).toBeGreaterThan(0);
  expect(bearers.length).toBeLessThan(10);
  expect(new Set(bearers.map(({ family }) => family)).size).toBe(1);
  expect(town.records.some(({ person }) => bearers.includes(person))).toBe(true);
});

test('every event is one that the door accepts', () => {
  const refused = everything.map((event) => SourceEvent.safeParse(event)).filter(({ success }) => !success);
  expect(refused.slice(0, 3)).toEqual([]);
});

test('within a source every version is above all before it, and nothing happened today or later', () => {
  for (const events of town.history.values()) {
    const positions = events.map(({ sourceVersion }) => sourceVersion.position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    expect(events.every(({ sourceVersion, occurredAt }) => sourceVersion.epoch === 1 && occurredAt < TODAY)).toBe(true);
  }
});

test('an involvement is opened before it is updated, closed or retracted', () => {
  const opened = new Set<string>();
  const tooEarly = everything.filter((event) => {
    if (!('involvementId' in event)) return false;
    const fact = `${event.source} ${event.involvementId}`;
    if (event.type === 'InvolvementOpened') opened.add(fact);
    return !opened.has(fact);
  });
  expect(tooEarly).toEqual([]);
});

test('two towns side by side, numbered on, share no record', () => {
  const ids = (firstFamily: number) =>
    makeTown({ seed: 'northbridge', today: TODAY, families: 200, firstFamily }).records.map(
      ({ source, recordId }) => `${source} ${recordId}`,
    );
  const both = [...ids(0), ...ids(200)];
  expect(new Set(both).size).toBe(both.length);
});

describe('the truth', () => {
  test('every record is of somebody of the town, and everybody is known to some system', () => {
    const known = new Set(town.records.map(({ person }) => person));
    expect(people.filter((person) => !known.has(person))).toEqual([]);
    expect(known.size).toBe(people.length);
    const ids = new Set(town.records.map(({ source, recordId }) => `${source} ${recordId}`));
    expect(ids.size).toBe(town.records.length);
    expect(everything.filter((event) => 'recordId' in event && !ids.has(`${event.source} ${event.recordId}`))).toEqual([]);
  });

  test('where two systems hold an NHS number of a person it is the same one, and no two people share one', () => {
    const held = town.records.flatMap(({ person, written }) =>
      (written.fixed.identifiers ?? []).filter(({ type }) => type === 'nhs').map(({ value }) => ({ person, value })),
    );
    expect(held.filter(({ person, value }) => value !== person.nhsNumber)).toEqual([]);
    const holders = Map.groupBy(held, ({ value }) => value);
    expect([...holders.values()].filter((same) => new Set(same.map(({ person }) => person)).size > 1)).toEqual([]);
    expect(holders.size).toBeGreaterThan(people.length * 0.6);
    expect(holders.size).toBeLessThan(people.length);
  });

  test('NHS numbers are of the test range with a right check digit, pupil numbers have a right check letter', () => {
    const numbers = people.map(({ nhsNumber }) => nhsNumber).filter((number) => number !== null);
    expect(numbers.filter((number) => !/^999\d{7}$/.test(number) || nhsCheckDigit(number.slice(0, 9)) !== number[9])).toEqual([]);
    expect(people.filter(({ upn }) => !/^[A-Z]\d{12}$/.test(upn) || checkLetter(upn.slice(1)) !== upn[0])).toEqual([]);
    expect([nhsCheckDigit('943476591'), checkLetter('801200001001')]).toEqual(['9', 'H']);
  });
});

describe('nobody real can be reached', () => {
  test('every telephone number is one kept for drama, every e-mail address ends in .example', () => {
    const text = JSON.stringify(everything);
    const numbers = [...text.matchAll(/"(?:phone|teamPhone|outOfHoursPhone|contactNumber)":"([^"]+)"/g)].map(([, number]) => number!);
    expect(numbers.length).toBeGreaterThan(10_000);
    expect(numbers.filter((number) => !/^(01632 960 \d{3}|07700 900 \d{3})$/.test(number))).toEqual([]);
    const emails = [...text.matchAll(/"email":"([^"]+)"/g)].map(([, email]) => email!);
    expect(emails.length).toBeGreaterThan(10_000);
    expect(emails.filter((email) => !/^[a-z.]+@[a-z.-]+\.example$/.test(email))).toEqual([]);
  });
});

describe('the town is a believable one', () => {
  const shareOf = (part: number, whole: number) => part / whole;

  test('outside social care about a fifth of the records have no date of birth', () => {
    const outside = town.records.filter(({ source }) => source !== 'mosaic' && source !== 'cis');
    const missing = outside.filter(({ written }) => !written.fixed.dateOfBirth);
    expect(shareOf(missing.length, outside.length)).toBeGreaterThan(0.15);
    expect(shareOf(missing.length, outside.length)).toBeLessThan(0.25);
  });

  test('there are twins, half-siblings, unborn children, people with one name, former names and several addresses', () => {
    const twins = [...Map.groupBy(people, ({ mother, born }) => `${mother?.id} ${born}`)].filter(
      ([of, born]) => !of.startsWith('undefined') && born.length > 1,
    );
    expect(twins.length).toBeGreaterThan(20);
    const links = eventsOf('RelationshipLinked').map(({ relationship }) => relationship);
    for (const kind of [
      'half-sibling',
      'sibling',
      'grandparent',
      'partner',
      'ex-partner',
      'foster-carer',
      'unborn-child',
      'unborn-sibling',
    ])
      expect(links.filter((relationship) => relationship === kind).length).toBeGreaterThan(20);
    const stated = eventsOf('PersonRecorded');
    expect(stated.filter(({ dateOfBirth }) => dateOfBirth?.precision === 'expected').length).toBeGreaterThan(50);
    expect(stated.filter(({ names }) => names[0]!.family === null).length).toBeGreaterThan(50);
    expect(stated.filter(({ names }) => names.some(({ kind }) => kind === 'former')).length).toBeGreaterThan(100);
    expect(stated.filter(({ addresses }) => addresses!.length > 1).length).toBeGreaterThan(3000);
  });

  test('names come with diacritics, apostrophes, hyphens and other scripts', () => {
    const names = eventsOf('PersonRecorded').flatMap(({ names }) => names.flatMap(({ family, given }) => [family ?? '', ...(given ?? [])]));
    for (const kind of [/[łśżąęÇçãîșțí]/, /’/, /'/, /-/, /\p{Script=Arabic}/u, /\p{Script=Han}/u, /\p{Script=Cyrillic}/u])
      expect(names.filter((name) => kind.test(name)).length).toBeGreaterThan(10);
  });

  test('a child is younger than its mother by 15 to 55 years, and nobody has a job, a school or a record before birth', () => {
    const agesOfMothers = people.flatMap(({ born, mother }) => (mother ? [daysBetween(mother.born, born) / 365.25] : []));
    expect(Math.min(...agesOfMothers)).toBeGreaterThan(15);
    expect(Math.max(...agesOfMothers)).toBeLessThan(55);
    const born = town.records.filter(({ person }) => !person.unborn);
    const tooEarly = born.filter(
      ({ person, since, involvements }) => since < person.born || involvements.some(({ openedOn }) => openedOn < person.born),
    );
    expect(tooEarly).toEqual([]);
  });

  test('where somebody was placed, or fled to, is confidential wherever it is known; few records are restricted', () => {
    const stated = eventsOf('PersonRecorded');
    const hidden = stated.flatMap(({ addresses }) => addresses!.filter(({ kind }) => kind === 'refuge' || kind === 'placement'));
    expect(hidden.length).toBeGreaterThan(50);
    expect(hidden.every(({ confidential }) => confidential)).toBe(true);
    const restricted = new Set(stated.filter(({ restriction }) => restriction === 'restricted').map(({ recordId }) => recordId));
    expect(restricted.size).toBeGreaterThan(3);
    expect(restricted.size).toBeLessThan(60);
  });

  test('children have a main carer and people who hold parental responsibility', () => {
    const links = eventsOf('RelationshipLinked');
    expect(links.filter(({ mainCarer }) => mainCarer).length).toBeGreaterThan(1500);
    expect(links.filter(({ parentalResponsibility }) => parentalResponsibility).length).toBeGreaterThan(2500);
  });
});
