import { expect, test } from '@jest/globals';
import { searchTermsFrom } from './search-terms.js';
import { typedAgain } from './typed-again.js';

const again = (form: Record<string, string>) => {
  const read = searchTermsFrom(form);
  return 'terms' in read ? typedAgain(read.terms) : read.problems;
};

test('a search can be changed: names, whole date and postcode stand in the form again', () => {
  const form = { familyName: 'Williams', givenName: 'Tom', dobDay: '3', dobMonth: '12', dobYear: '2012', postcode: 'NB4 2QT' };
  expect(again({ by: 'names', ...form })).toEqual(form);
});

test('a year alone stays a year alone', () => {
  expect(again({ by: 'names', familyName: 'Williams', dobYear: '2012' })).toEqual({ familyName: 'Williams', dobYear: '2012' });
});

test('a case ID stands in its own form again', () => {
  expect(again({ by: 'case-id', caseId: '249012' })).toEqual({ caseId: '249012' });
});
