import { expect, test } from '@jest/globals';
import { type ToldPerson, whyMatched } from './why-matched.js';

const called = (names: ToldPerson['names'], told: Partial<ToldPerson> = {}): ToldPerson => ({
  names,
  listedAs: names[0]!,
  listedDate: null,
  dates: [],
  listedPostcode: null,
  postcodes: [],
  ...told,
});
const NAMES = [
  { family: 'Smith', given: ['Anna', 'Catherine'], kind: 'current' },
  { family: 'Kowalska', given: ['Anna'], kind: 'former' },
  { family: null, given: ['Bunny'], kind: 'alias' },
  { family: 'Barzani', given: ['Anna'], kind: 'current' },
];
const anna = called(NAMES, {
  listedDate: '1990',
  dates: ['1990', '1991-04-01', '1992-07'],
  listedPostcode: 'LS1 4AP',
  postcodes: ['LS1 4AP', 'ls2 8aa'],
});

test.each([
  [{ familyName: 'SMITH', givenName: 'anna' }, 'name'],
  [{ familyName: 'Smith', givenName: 'Kate' }, 'full name: Catherine'],
  [{ familyName: 'Smyth', givenName: 'Anna' }, 'similar family name'],
  [{ familyName: 'Smyth', givenName: 'Ana' }, 'similar family name, similar first name'],
  [{ familyName: 'Kowalska', givenName: 'Anna' }, 'former name: Anna Kowalska'],
  [{ familyName: 'Kowalsca', givenName: 'Anna' }, 'similar former name: Anna Kowalska'],
  [{ givenName: 'Bunny' }, 'also known as: Bunny'],
  [{ familyName: 'Barsani', givenName: 'Anna' }, 'also known by a similar name: Anna Barzani'],
  [{ familyName: 'Bunny' }, 'also known as: Bunny'],
  [{ caseId: 'M-1' }, 'case ID'],
  [{ familyName: 'Smith', givenName: 'Anna', dateOfBirth: '1990-04-01' }, 'name, date of birth known only as 1990'],
  [{ familyName: 'Smith', givenName: 'Anna', year: '1990' }, 'name, year of birth'],
  [{ familyName: 'Smith', dateOfBirth: '1991-04-01' }, 'name, date of birth in another record'],
  [{ familyName: 'Smith', year: '1991' }, 'name, year of birth in another record'],
  [{ familyName: 'Smith', dateOfBirth: '1992-07-03' }, 'name, date of birth in another record, known only as 1992-07'],
  [{ familyName: 'Smith', postcode: 'ls14ap' }, 'name, postcode'],
  [{ familyName: 'Smith', postcode: 'LS2 8AA' }, 'name, postcode of another address'],
  [
    { familyName: 'Smyth', dateOfBirth: '1990-04-01', postcode: 'LS1 4AP' },
    'similar family name, date of birth known only as 1990, postcode',
  ],
  [{ familyName: 'Barzani', givenName: 'Anna' }, 'also known as: Anna Barzani'],
  [{ familyName: 'Smith', givenName: 'Anna', dateOfBirth: '2001-01-01', postcode: 'LS9 9AA' }, 'name'],
])('a reader who typed %j is told: %s', (typed, why) => {
  expect(whyMatched(typed, anna)).toBe(why);
});

test('names that were found the other way round are told as such, with what else is to be said of them', () => {
  expect(whyMatched({ familyName: 'Smith', givenName: 'Anna', year: '1990' }, anna, true)).toBe('names the other way round, year of birth');
  expect(whyMatched({ familyName: 'Smith', givenName: 'Kate' }, anna, true)).toBe('names the other way round, full name: Catherine');
});

test('a short form that was recorded is named as such', () => {
  const tom = called([{ family: 'Smith', given: ['Tom'], kind: 'current' }]);
  expect(whyMatched({ familyName: 'Smith', givenName: 'Thomas' }, tom)).toBe('short name: Tom');
  expect(whyMatched({ familyName: 'Smith', givenName: 'Tommy' }, tom)).toBe('other form: Tom');
});

test('of a name that only sounds alike and an earlier one spelled alike, the one spelled alike is the reason', () => {
  const ann = called([{ family: 'Smyth', given: ['Ann'], kind: 'current' }, { family: 'Smith', given: ['Ann'], kind: 'former' }]); // prettier-ignore
  expect(whyMatched({ familyName: 'Smith', givenName: 'Ann' }, ann)).toBe('former name: Ann Smith');
});
