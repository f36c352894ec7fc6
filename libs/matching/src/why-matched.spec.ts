import { expect, test } from '@jest/globals';
import { whyMatched } from './why-matched.js';

const anna = {
  names: [
    { family: 'Smith', given: ['Anna', 'Catherine'], kind: 'current' },
    { family: 'Kowalska', given: ['Anna'], kind: 'former' },
    { family: null, given: ['Bunny'], kind: 'alias' },
  ],
  dateOfBirth: { date: '1990' },
};

test.each([
  [{ familyName: 'SMITH', givenName: 'anna' }, 'name'],
  [{ familyName: 'Smith', givenName: 'Kate' }, 'full name: Catherine'],
  [{ familyName: 'Smyth', givenName: 'Anna' }, 'similar family name'],
  [{ familyName: 'Smyth', givenName: 'Ana' }, 'similar family name, similar first name'],
  [{ familyName: 'Kowalska', givenName: 'Anna' }, 'former name: Anna Kowalska'],
  [{ familyName: 'Kowalsca', givenName: 'Anna' }, 'similar former name: Anna Kowalska'],
  [{ givenName: 'Bunny' }, 'also known as: Bunny'],
  [{ familyName: 'Bunny' }, 'also known as: Bunny'],
  [{ caseId: 'M-1' }, 'case ID'],
  [{ familyName: 'Smith', givenName: 'Anna', dateOfBirth: '1990-04-01' }, 'date of birth known only as 1990'],
  [{ familyName: 'Smith', givenName: 'Anna', year: '1990' }, 'name'],
])('a reader who typed %j is told: %s', (typed, why) => {
  expect(whyMatched(typed, anna)).toBe(why);
});

test('a short form that was recorded is named as such', () => {
  const tom = { names: [{ family: 'Smith', given: ['Tom'], kind: 'current' }] };
  expect(whyMatched({ familyName: 'Smith', givenName: 'Thomas' }, tom)).toBe('short name: Tom');
  expect(whyMatched({ familyName: 'Smith', givenName: 'Tommy' }, tom)).toBe('other form: Tom');
});

test('of a name that only sounds alike and an earlier one spelled alike, the one spelled alike is the reason', () => {
  const ann = { names: [{ family: 'Smyth', given: ['Ann'], kind: 'current' }, { family: 'Smith', given: ['Ann'], kind: 'former' }] }; // prettier-ignore
  expect(whyMatched({ familyName: 'Smith', givenName: 'Ann' }, ann)).toBe('former name: Ann Smith');
});
