import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

/** A child of whom the police, who are not shown of a child, alone know when they were born. */
async function datedByThePoliceAlone(names = [name(madeUpName(), 'Tom')]) {
  const child = await app.people.record({ names, dateOfBirth: null });
  const { subject } = await app.people.record({ source: 'niche', names, dateOfBirth: born('2016-05-12'), person: child.person });
  return { ...child, police: subject };
}

test('a date of birth that nobody can be asked of is not offered: the form says so and whom to ring, and not why', async () => {
  const { person } = await datedByThePoliceAlone();
  expect(textOf((await app.get(`/people/${person}`)).text)).toContain('Born 12 May 2016');
  const { text: html } = await app.get(`/people/${person}/problem`);
  const text = textOf(html);
  expect(text).toContain(
    'Report a wrong name The date of birth shown above can’t be reported by this form. If it is wrong, ring the Front Door',
  );
  expect(html).not.toMatch(/value="date-of-birth:|Niche|olice/);
  const fields = { value: 'date-of-birth:12 May 2016', category: 'wrong-value', words: '' };
  const sent = await app.send(`/people/${person}/problem`, {
    method: 'POST',
    headers: await app.as('amara.okafor'),
    body: new URLSearchParams(fields),
  });
  expect(sent.status).toBe(404);
});

test('one that a source states which is shown can be reported as before', async () => {
  const { person } = await app.people.record({ names: [name(madeUpName(), 'Tom')], dateOfBirth: born('2016-05-12') });
  const { text } = await app.get(`/people/${person}/problem`);
  expect(textOf(text)).toContain('Report a wrong name or date of birth');
  expect(text).not.toContain('can’t be reported by this form');
  expect(text).toContain('value="date-of-birth:12 May 2016"');
});

test('there is no form where nothing can be chosen', async () => {
  const { person } = await datedByThePoliceAlone([]);
  const { text } = await app.get(`/people/${person}/problem`);
  expect(textOf(text)).toContain('Nothing else that is shown above can be reported by it either.');
  expect(text).not.toContain('Send the report');
});
