import { type SearchForm, searchTermsFrom } from './search-terms.js';

const messagesFor = (form: SearchForm) => {
  const read = searchTermsFrom(form);
  return 'problems' in read ? read.problems.map(({ message }) => message) : [];
};
const names = (form: SearchForm = {}): SearchForm => ({ by: 'names', familyName: 'Williams', givenName: 'Tom', ...form });

describe('What a reader types', () => {
  it('by case ID: only the ID counts, and habitual * and % are ignored', () => {
    expect(searchTermsFrom({ by: 'case-id', caseId: ' %249012* ', familyName: 'Williams' })).toEqual({ terms: { caseId: '249012' } });
  });

  it('by names: what was left empty is not searched by', () => {
    const form = names({ familyName: 'Will%iams*', dobDay: '', dobMonth: ' ', dobYear: '', postcode: '' });
    expect(searchTermsFrom(form)).toEqual({ terms: { familyName: 'Williams', givenName: 'Tom' } });
  });

  it('a date of birth may be typed without leading zeros', () => {
    expect(searchTermsFrom(names({ dobDay: '3', dobMonth: '2', dobYear: '1989' }))).toMatchObject({ terms: { dateOfBirth: '1989-02-03' } });
  });

  it('a year alone is enough', () => {
    expect(searchTermsFrom(names({ dobYear: '2012' }))).toMatchObject({ terms: { year: '2012' } });
  });

  it.each(['NB4 2QT', 'nb42qt', ' M1 1AE', 'EC1A 1BB', 'W1A 0AX', 'bf1 2aa'])(
    'a whole postcode is taken as it is written: %s',
    (postcode) => {
      expect(messagesFor(names({ postcode }))).toEqual([]);
    },
  );

  it('a person with one name only can be searched by it', () => {
    expect(messagesFor(names({ givenName: '' }))).toEqual([]);
    expect(messagesFor(names({ familyName: '' }))).toEqual([]);
  });

  it.each([
    ['nothing', {}, 'Enter the first name and last name'],
    ['only stars', { by: 'names', familyName: '*', givenName: '%' }, 'Enter the first name and last name'],
    ['an empty case ID', { by: 'case-id', caseId: '  ' }, 'Enter the Case ID'],
    ['30 February', names({ dobDay: '30', dobMonth: '2', dobYear: '2012' }), 'Enter a real date of birth or leave it empty'],
    ['a day without a year', names({ dobDay: '3', dobMonth: '2' }), 'Enter a real date of birth or leave it empty'],
    ['a month without a day', names({ dobMonth: '2', dobYear: '2012' }), 'Enter a real date of birth or leave it empty'],
    ['a short year', names({ dobYear: '12' }), 'Enter a real date of birth or leave it empty'],
    ['words for a date', names({ dobDay: 'x', dobMonth: 'y', dobYear: 'z' }), 'Enter a real date of birth or leave it empty'],
    ['the first part of a postcode', names({ postcode: 'NB4' }), 'Enter a full postcode or leave it empty'],
    ['words for a postcode', names({ postcode: 'NOT A POSTCODE' }), 'Enter a full postcode or leave it empty'],
    ['a whole page of text', names({ familyName: 'a'.repeat(201) }), 'Enter 200 characters or fewer'],
  ] as [string, SearchForm, string][])('%s is answered with what to do', (_, form, message) => {
    expect(messagesFor(form)).toEqual([message]);
  });

  it('a field sent twice or as something else than text is no reason to fail', () => {
    expect(messagesFor({ by: 'names', familyName: ['a', 'b'] as unknown as string })).toEqual(['Enter the first name and last name']);
  });
});
