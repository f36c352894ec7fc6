import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { openPages, textOf } from '../../../../test/support/pages.js';

let pages: Awaited<ReturnType<typeof openPages>>;
beforeEach(async () => {
  pages = await openPages({ result: () => ({ people: [], total: 0, atLeast: false, narrowWords: null }) });
});
afterEach(() => pages.close());

test('the page offers two forms, says that one is enough, and whom to ask day and night', async () => {
  const text = textOf((await pages.get('/search')).body);
  expect(text).toContain('Find Service Involvement Search for a child or an adult with one of these two forms. Only one is needed.');
  expect(text).toMatch(/By case ID .* From Mosaic\. .* or By name Family name .* First name/);
  expect(text).toContain('Ask, day and night: the Front Door, 01632 960 100 , out of hours 01632 960 101');
});

test.each([
  ['child-first', 'The individuals linked to the child are opened from the child’s page.'],
  ['search-any', 'Search for a child or an adult'],
])('with both journeys the page is for one of them, %s, and offers the other', async (journey, words) => {
  await pages.close();
  pages = await openPages({ result: () => null }, changedAuthority({ journeys: ['search-any', 'child-first'] }));
  const { body } = await pages.get(`/search?journey=${journey}`);
  expect(textOf(body)).toContain(words);
  expect(body.match(new RegExp(`name="journey" value="${journey}"`, 'g'))).toHaveLength(2);
  expect(body).toMatch(new RegExp(`aria-current="page" href="/search\\?journey=${journey}"`));
  await pages.post('/search', { by: 'names', familyName: 'Williams', journey });
  expect((await pages.get('/search?change=kept-0')).body).toContain(`name="journey" value="${journey}"`);
});

test.each([
  ['names', 'case-id'],
  ['case-id', 'names'],
])('an authority that searches by %s alone has no form by %s, and takes none', async (offered, other) => {
  await pages.close();
  pages = await openPages({ result: () => null }, changedAuthority({ searchBy: [offered] }));
  const { body } = await pages.get('/search');
  expect(body).toContain(`name="by" value="${offered}"`);
  expect(body).not.toContain(`name="by" value="${other}"`);
  expect(textOf(body)).toContain('Search for a child or an adult.');
  expect((await pages.post('/search', { by: other, caseId: '1', familyName: 'Williams' })).statusCode).toBe(404);
});

test('no field offers what somebody typed before', async () => {
  const fields = (await pages.get('/search')).body.match(/<input class="govuk-input[^>]*>/g)!;
  expect(fields).toHaveLength(7);
  for (const field of fields) expect(field).toContain('autocomplete="off"');
});

test('an empty form by name says what to enter, beside the field and above the page', async () => {
  const answer = await pages.post('/search', { by: 'names' });
  expect(answer.statusCode).toBe(400);
  expect(answer.body).toContain('<a href="#familyName">Enter the first name and last name</a>');
  expect(answer.body).toMatch(/id="familyName-error"[^]*?Enter the first name and last name/);
  expect(answer.body).toContain('<title>Error: Find Service Involvement – Involvement Index</title>');
});

test('an empty case ID says so', async () => {
  const answer = await pages.post('/search', { by: 'case-id', caseId: ' * ' });
  expect(answer.body).toContain('<a href="#caseId">Enter the Case ID</a>');
});

test('a date of birth that is none is told, and everything typed stands there again', async () => {
  const typed = { by: 'names', familyName: `O"Brien`, givenName: 'Zoë', dobDay: '31', dobMonth: '2', dobYear: '2012', postcode: 'NB4 2QT' };
  const answer = await pages.post('/search', typed);
  expect(answer.body).toContain('<a href="#dobDay">Enter a real date of birth or leave it empty</a>');
  for (const value of ['O&quot;Brien', 'Zoë', '31', '2', '2012', 'NB4 2QT']) expect(answer.body).toContain(`value="${value}"`);
  expect(pages.asked).toEqual([]);
});

test('the first part of a postcode finds nobody, so it is told beside the field', async () => {
  const answer = await pages.post('/search', { by: 'names', familyName: 'Smith', postcode: 'NB4' });
  expect(answer.statusCode).toBe(400);
  expect(answer.body).toContain('<a href="#postcode">Enter a full postcode or leave it empty</a>');
  expect(answer.body).toMatch(/id="postcode-error"[^]*?Enter a full postcode or leave it empty/);
});

test('a search leads to an opaque address: nothing typed stands in it', async () => {
  const answer = await pages.post('/search', { by: 'names', familyName: 'Williams*', givenName: '%Tom' });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/search/kept-0']);
  await pages.get('/search/kept-0');
  expect(pages.asked).toMatchObject([{ terms: { familyName: 'Williams', givenName: 'Tom' } }]);
});

test('a year of birth alone is enough', async () => {
  await pages.post('/search', { by: 'names', familyName: 'Williams', dobYear: '2012' });
  await pages.get('/search/kept-0');
  expect(pages.asked).toMatchObject([{ terms: { familyName: 'Williams', year: '2012' } }]);
});

test('a kept search can be changed without typing it again', async () => {
  await pages.post('/search', { by: 'names', familyName: 'Williams', dobDay: '12', dobMonth: '5', dobYear: '2012' });
  const { body } = await pages.get('/search?change=kept-0');
  for (const value of ['Williams', '12', '5', '2012']) expect(body).toContain(`value="${value}"`);
  expect((await pages.get('/search?change=somebody-elses')).body).not.toContain('value="Williams"');
});
