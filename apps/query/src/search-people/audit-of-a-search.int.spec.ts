import { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

describe('The audit of a search', () => {
  it('has one record for the search and one for every person shown, and holds nothing that was typed in clear', async () => {
    const family = madeUpName();
    const one = await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('2012-05-12') });
    const two = await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('2010-05-12') });
    const rows = await app.auditOf(await app.search({ familyName: family, givenName: 'Ada' }));
    expect(rows).toMatchObject([
      { action: 'searched', outcome: 'done', reader: 'amara.okafor', role: 'social-worker', team: 'Assessment East', shown: { total: 2 } },
      { action: 'shown-in-results', outcome: 'done', person: one.person, subjects: [one.subject], generation: 1 },
      { action: 'shown-in-results', outcome: 'done', person: two.person, subjects: [two.subject], generation: 1 },
    ]);
    expect(rows[0]!.freshness).toMatchObject({ mosaic: { late: false, completeTo: expect.any(Number) } });
    expect(JSON.stringify(rows)).not.toContain(family);
  });

  it('by a case ID that leads straight on says just that: nobody was shown in a list, but for a machine, which gets one', async () => {
    const { person, subject, recordId } = await people.record({ dateOfBirth: born('2012-05-12') });
    const { id } = (await app.keep({ caseId: recordId })).body;
    const led = await app.get(`/search/${id}`);
    expect([led.status, led.text]).toEqual([303, '']);
    expect(await app.auditOf(led)).toMatchObject([
      { action: 'searched', outcome: 'done', person: null, shown: { total: 1 } },
      { action: 'led-to-person', outcome: 'done', person, subjects: [subject], shown: null },
    ]);
    const rows = await app.auditOf(await app.get(`/v1/searches/${id}`));
    expect(rows.map(({ action }) => action)).toEqual(['searched', 'shown-in-results']);
  });

  it('records a search that found nobody', async () => {
    expect(await app.auditOf(await app.search({ familyName: madeUpName() }))).toMatchObject([
      { action: 'searched', outcome: 'nothing-found', shown: { total: 0 } },
    ]);
  });
});
