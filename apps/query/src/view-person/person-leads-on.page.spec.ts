/** How a person's page leads on: tabs, one hop from a child and back, a panel by itself, paper. */
import { expect, test } from '@jest/globals';
import { openPages } from '../../../../test/support/pages.js';
import { lookAt } from '../../../../test/support/person-looked-at.js';
import { aPanel, aPerson, aState, PERSON } from '../../../../test/support/person-shown.js';

const CHILD = '2b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
const SCHOOL = aPanel(aState('involved-now', 'Involved now'));

test('tabs lead to the family, the contacts and the addresses, by the way the person was reached', async () => {
  const { html } = await lookAt(aPerson(), `/people/${PERSON}?child=${PERSON}&search=abc`);
  for (const part of ['family', 'contacts', 'addresses'])
    expect(html).toContain(`href="/people/${PERSON}/${part}?child=${PERSON}&amp;search=abc"`);
});

test('one hop from a child there is the way back to the child, and no next one', async () => {
  const reachedFrom = { person: CHILD, title: 'WILLIAMS, Tommy', relationshipWords: ['Mother'] };
  const { html, text } = await lookAt(aPerson({ reachedFrom }), `/people/${PERSON}?child=${CHILD}`);
  expect(text).toContain('Mother of WILLIAMS, Tommy . Their own related individuals are not shown');
  expect(html).toContain(`href="/people/${CHILD}?child=${CHILD}" class="govuk-back-link">Back to the child`);
  expect(html).not.toMatch(/\/(family|contacts)"/);
  expect(html).toContain(`href="/people/${PERSON}/addresses?child=${CHILD}"`);
});

test('a panel has an address of its own, where it alone is asked for', async () => {
  const { html, text, asked } = await lookAt(aPerson({ panels: [SCHOOL] }), `/people/${PERSON}/panels/school`);
  expect(asked.map((query) => query.constructor.name)).toEqual(['OpenPanel']);
  expect(text).toContain('Priya Nair');
  expect(html).toMatch(/<section[^>]* id="school"[^]*data-opened/);
});

test('on paper stand who it was shown to, when, and how fresh each source was', async () => {
  const { html, text, asked } = await lookAt(aPerson({ panels: [SCHOOL] }), `/people/${PERSON}?print=yes`);
  expect(text).toContain('Shown to Amara Okafor, Social worker, Assessment East, on 22 Nov 2026 at 09:15.');
  expect(text).toContain('Youth offending: ChildView, known up to 19 Nov 2026 at 23:10');
  expect(html).toContain('/print-page.js');
  expect(asked[0]!.looks(aPerson()).at(-1)).toMatchObject({ action: 'printed', person: PERSON, shown: { page: 'person' } });
});

test('a person id no longer used leads on to the one used now, with the panels that were open', async () => {
  const movedTo = '1b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
  const pages = await openPages({ result: () => ({ movedTo }) });
  const answer = await pages.get(`/people/${PERSON}/services/school`);
  await pages.close();
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `/people/${movedTo}/services/school`]);
});
