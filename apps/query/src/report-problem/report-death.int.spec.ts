import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { problemsOf, reportValue, valuesOf } from '../../../../test/support/reported-value.js';
import { born } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const DEATH = { kind: 'date-of-death', words: '4 Apr 2026' };

test('a wrong date of death is reported to whoever states it, and stands on the page', async () => {
  const { person } = await app.people.record({ dateOfBirth: born('1974-05-07'), deceasedOn: '2026-04-04' });
  await app.people.record({ person, source: 'liquidlogic', dateOfBirth: born('1974-05-07') });
  const { text } = await app.get(`/people/${person}/problem`);
  expect(textOf(text)).toContain('Date of death: 4 Apr 2026 From Mosaic');
  expect(text).not.toContain('can’t be reported by this form');
  expect((await reportValue(app, person, { value: DEATH })).status).toBe(201);
  expect(await problemsOf(app, person)).toMatchObject([{ value: DEATH, asked: [{ database: 'Mosaic' }] }]);
  expect(textOf((await app.get(`/people/${person}`)).text)).toContain('Problem with a date of death (4 Apr 2026) reported');
});

test('one that only a source states which may not be told of is not offered: the form says so and whom to ring', async () => {
  const { person } = await app.people.record({ dateOfBirth: born('2016-05-12') });
  await app.people.record({ person, source: 'niche', dateOfBirth: born('2016-05-12'), deceasedOn: '2026-04-04' });
  const { text } = await app.get(`/people/${person}/problem`);
  expect(textOf(text)).toContain('The date of death shown above can’t be reported by this form. If it is wrong, ring the Front Door');
  expect(text).not.toMatch(/value="date-of-death:|Niche|olice/);
  expect((await valuesOf(app, person)).map(({ kind }) => kind)).not.toContain(DEATH.kind);
  expect((await reportValue(app, person, { value: DEATH })).status).toBe(404);
});
