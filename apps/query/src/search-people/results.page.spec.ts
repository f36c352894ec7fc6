import { afterEach, expect, test } from '@jest/globals';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { openPages, textOf } from '../../../../test/support/pages.js';
import { aSource, PERSON } from '../../../../test/support/person-shown.js';
import type { SearchPeople } from './search-people.query.js';

let pages: Awaited<ReturnType<typeof openPages>>;
afterEach(() => pages.close());

const TOMMY = {
  person: PERSON,
  title: 'WILLIAMS, Tommy',
  family: 'Williams',
  given: ['Tommy'],
  birth: { date: '2012-05-12', precision: 'day', estimated: false, words: '12 May 2012', ageWords: '14 yrs' },
  address: '4 Mill Row, NB4 2QT',
  addressWords: '4 Mill Row, NB4 2QT',
  caseIds: ['249012'],
  caseIdWords: 'Mosaic 249012',
  whyMatched: 'short name: Tom',
  possibleDuplicateOf: [],
};
const TOM = {
  ...TOMMY,
  title: 'WILLIAMS, Tom',
  birth: null,
  address: null,
  addressWords: 'No address to show',
  caseIds: [],
  caseIdWords: 'Not found in Mosaic',
};
const BY_NAME = { by: 'names', familyName: 'Williams', givenName: 'Tom' };

async function search(result: object, typed: Record<string, string> = BY_NAME, sources = [aSource()], authority?: string) {
  pages = await openPages({ result: () => result, sources }, authority);
  await pages.post('/search', typed);
  return pages.get('/search/kept-0');
}

/** Presses "Search without the …". */
async function searchAgain(body: string, without: string) {
  const form = body.split('<form ').find((part) => part.includes(`Search without the ${without}`)) ?? '';
  const fields = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, field, value]) => [field, value]);
  await pages.post('/search', Object.fromEntries(fields));
  return pages.get('/search/kept-1');
}

test('each individual is told apart by date of birth, age, address and case ID, with why they matched', async () => {
  const { body } = await search({ people: [TOMMY, TOM], total: 2, atLeast: false, narrowWords: null });
  const text = textOf(body);
  expect(text).toContain('Search results for “Williams Tom” 2 individuals found, youngest first');
  expect(text).toContain(
    'WILLIAMS, Tommy Date of birth 12 May 2012 Age 14 yrs Address 4 Mill Row, NB4 2QT Case ID Mosaic 249012 Why it matched short name: Tom View WILLIAMS, Tommy',
  );
  expect(text).toContain('WILLIAMS, Tom Date of birth Not known Age Not known Address No address to show Case ID Not found in Mosaic');
  expect(body).toContain(`href="/people/${PERSON}?search=kept-0"`);
});

test.each([
  [{ dobDay: '12', dobMonth: '5', dobYear: '2012', postcode: 'nb4 2qt' }, ', born 12 May 2012, postcode NB4 2QT'],
  [{ dobYear: '2012' }, ', born 2012'],
  [{ postcode: 'NB4 2QT' }, ', postcode NB4 2QT'],
])('what the search was narrowed by stands in the heading, and in no title or address: %j', async (typed, words) => {
  const { body } = await search({ people: [], total: 0, atLeast: false, narrowWords: null }, { ...BY_NAME, ...typed });
  expect(textOf(body)).toContain(`Search results for “Williams Tom”${words}`);
  expect(body).toContain('<title>Search results – Involvement Index</title>');
  expect(body).not.toMatch(/href="[^"]*(2012|NB4)/i);
});

test.each([
  ['somebody', { people: [TOMMY], total: 1, atLeast: false, narrowWords: null }],
  ['nobody', { people: [], total: 0, atLeast: false, narrowWords: null }],
])('a date of birth leaves out whoever has none: with %s found the page says so and searches without it', async (_, result) => {
  const { body } = await search(result, { ...BY_NAME, dobYear: '2012', postcode: 'NB4 2QT' });
  expect(textOf(body)).toContain(
    'People without a date of birth in the index are left out of this search. Search without the date of birth',
  );
  const without = await searchAgain(body, 'date of birth');
  expect((pages.asked.at(-1) as SearchPeople).terms).toEqual({ familyName: 'Williams', givenName: 'Tom', postcode: 'NB4 2QT' });
  expect(textOf(without.body)).not.toContain('date of birth in the index are left out');
  // Of one alone no order is told.
  if (result.total === 1) expect(textOf(body)).toContain('1 individual found. Please note');
});

test.each([
  [{ dobDay: '3', dobMonth: '2', dobYear: '2012' }, { dateOfBirth: '2012-02-03' }],
  [{ dobYear: '2012' }, { year: '2012' }],
  [{}, {}],
])(
  'a postcode leaves out whoever has no such address that may be shown: the page says so and searches without it, %j',
  async (typed, born) => {
    const { body } = await search({ people: [TOMMY], total: 1, narrowWords: null }, { ...BY_NAME, ...typed, postcode: 'NB4 2QT' });
    expect(textOf(body)).toContain(
      'People without an address at this postcode that may be shown are left out of this search. Search without the postcode',
    );
    const without = await searchAgain(body, 'postcode');
    expect((pages.asked.at(-1) as SearchPeople).terms).toEqual({ familyName: 'Williams', givenName: 'Tom', ...born });
    expect(textOf(without.body)).not.toContain('no address with this postcode');
  },
);

test('a new search goes by the same journey', async () => {
  const { body } = await search({ people: [], total: 0, narrowWords: null }, { ...BY_NAME, journey: 'child-first' });
  expect(body).toContain('href="/search?journey=child-first" class="govuk-back-link"');
});

const ONE_NAME = { by: 'names', givenName: 'Okafor', dobDay: '3', dobMonth: '2', dobYear: '2012' };
test.each([
  ['a first name', ONE_NAME, 'family name', { familyName: 'Okafor', dateOfBirth: '2012-02-03' }],
  ['a family name', { by: 'names', familyName: 'Tom', postcode: 'NB4 2QT' }, 'first name', { givenName: 'Tom', postcode: 'NB4 2QT' }],
  ['a case ID', { by: 'case-id', caseId: 'okafor' }, 'family name', { familyName: 'okafor' }],
  ['a case ID', { by: 'case-id', caseId: 'Ada van Dyk' }, 'first and family name', { familyName: 'Dyk', givenName: 'Ada van' }],
  ['a family name', { by: 'names', familyName: '249012' }, 'case ID', { caseId: '249012' }],
])('what was typed as %s alone can be searched for in another box: %j', async (_, typed, box, terms) => {
  const { body } = await search({ people: [], total: 0, narrowWords: null }, { ...typed, journey: 'child-first' });
  expect(textOf(body)).toContain(`Did you mean the ${box}? Search for “${Object.values(typed)[1]!}” as the ${box}`);
  const [, form = ''] = /<form method="post" action="\/search">\s*<p[^>]*>Did you mean([^]*?)<\/form>/.exec(body) ?? [];
  const fields = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, field, value]) => [field, value]);
  await pages.post('/search', Object.fromEntries(fields));
  await pages.get('/search/kept-1');
  expect((pages.asked.at(-1) as SearchPeople).terms).toEqual({ ...terms, journey: 'child-first' });
});

test('the other box is offered where somebody was found as well: it goes by what was typed alone', async () => {
  const { body } = await search({ people: [TOMMY, TOM], total: 2, narrowWords: null }, ONE_NAME);
  expect(textOf(body)).toContain('Did you mean the family name? Search for “Okafor” as the family name');
});

test.each([
  ['both names', BY_NAME, undefined],
  ['a case ID', { by: 'case-id', caseId: '249012' }, undefined],
  ['a name where no names are searched by', { by: 'case-id', caseId: 'Okafor' }, { searchBy: ['case-id'] }],
  ['a case ID where none is searched by', { by: 'names', familyName: '249012' }, { searchBy: ['names'] }],
])('there is no other box for %s', async (_, typed, settings) => {
  const authority = settings && changedAuthority(settings);
  const { body } = await search({ people: [], total: 0, narrowWords: null }, typed, [], authority);
  expect(textOf(body)).toContain('Nobody in the index matches what you typed.');
  expect(body).not.toContain('Did you mean');
});

test('a possible duplicate is told beside the name', async () => {
  const { body } = await search({
    people: [
      TOMMY,
      {
        ...TOM,
        possibleDuplicateOf: [
          { person: TOMMY.person, words: 'WILLIAMS, Tommy, born 12 May 2012 (Mosaic 249012)' },
          { person: null, words: 'WILLIAMS, Thomas, born 2012 (Not shown: you have said that you know this person)' },
        ],
      },
    ],
    total: 2,
    narrowWords: null,
  });
  expect(textOf(body)).toMatch(
    /WILLIAMS, Tom Possible duplicate of WILLIAMS, Tommy, born 12 May 2012 \(Mosaic 249012\) ?; WILLIAMS, Thomas, born 2012 \(Not shown/,
  );
  const leads = (words: string) => body.includes(`<a class="govuk-link" href="/people/${TOMMY.person}?search=kept-0">${words}`);
  expect([leads('WILLIAMS, Tommy, born'), leads('View<span'), body.includes('">WILLIAMS, Thomas')]).toEqual([true, true, false]);
});

test('the reader is warned before choosing', async () => {
  const { body } = await search({ people: [TOMMY, TOM], total: 2, atLeast: false, narrowWords: null });
  expect(textOf(body)).toContain(
    'Please note: once selecting an individual from the list below, you may see sensitive information about that individual.',
  );
});

test('more than can be shown: the page says so and what to add', async () => {
  const { body } = await search({
    people: [TOMMY, TOM],
    total: 37,
    atLeast: false,
    narrowWords: 'Add a date of birth, a year or a postcode',
  });
  expect(textOf(body)).toContain(
    '37 individuals found, youngest first; the first 2 are shown. Add a date of birth, a year or a postcode .',
  );
  expect(body).toContain('href="/search?change=kept-0"');
});

test('of a common name, that not everybody was counted is said', async () => {
  const { body } = await search({
    people: [TOMMY, TOM],
    total: 50,
    atLeast: true,
    narrowWords: 'Add a date of birth, a year or a postcode',
  });
  expect(textOf(body)).toContain('At least 50 individuals found, youngest first; the first 2 are shown.');
});

test('nobody found is never "nobody is involved": what is in the index, restricted records, whom to ask', async () => {
  const { body } = await search({ people: [], total: 0, atLeast: false, narrowWords: null });
  const text = textOf(body);
  expect(text).toContain('Nobody in the index matches what you typed. That does not mean that no service knows them.');
  expect(text).toContain(
    'The index covers people known to the services listed under what is in the index , and nobody else. Some records are restricted.',
  );
  expect(text).toContain('Ask, day and night: the Front Door, 01632 960 100 , out of hours 01632 960 101');
});

test('after a case ID that nobody has, the advice is about case IDs', async () => {
  const { body } = await search({ people: [], total: 0, atLeast: false, narrowWords: null }, { by: 'case-id', caseId: '249012' });
  expect(textOf(body)).toContain('Change the search : check the ID, or search by name.');
});

test('where there is no search by name, none is advised', async () => {
  const byCaseId = { by: 'case-id', caseId: '249012' };
  const { body } = await search(
    { people: [], total: 0, atLeast: false, narrowWords: null },
    byCaseId,
    [],
    changedAuthority({ searchBy: ['case-id'] }),
  );
  expect(textOf(body)).toContain('Change the search : check the ID.');
});

test('a source that holds far fewer records than before is told above the results', async () => {
  const dropped = { what: 'records' as const, since: Date.parse('2026-11-22T09:14:00Z') };
  const { body } = await search({ people: [], total: 0, atLeast: false, narrowWords: null }, BY_NAME, [aSource({ dropped })]);
  expect(textOf(body)).toContain('One source holds far fewer records than before. What has gone there may be missing here.');
});

test('a late source is told above the results, because someone may be missing from them', async () => {
  const { body } = await search({ people: [], total: 0, atLeast: false, narrowWords: null }, BY_NAME, [aSource({ late: true })]);
  expect(textOf(body)).toContain(
    'One source is late. What has changed there since is missing here. Youth offending: ChildView , known up to 19 Nov',
  );
  expect(body).toContain('href="/services/youth-offending#whom-to-ask"');
});

test('a case ID leads straight to the person, without a list to choose from', async () => {
  const answer = await search({ people: [TOMMY], total: 1, atLeast: false, narrowWords: null }, { by: 'case-id', caseId: '249012' });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `/people/${PERSON}`]);
});

test('a search that is over, or another reader’s, is not found', async () => {
  pages = await openPages({ result: () => null });
  const answer = await pages.get('/search/somebody-elses');
  expect(answer.statusCode).toBe(404);
  expect(textOf(answer.body)).toContain('Search results are kept for an hour; after that, search again .');
});
