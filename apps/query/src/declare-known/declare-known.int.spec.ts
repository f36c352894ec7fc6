import { randomUUID } from 'node:crypto';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const declare = async (person: string, reader = 'amara.okafor') =>
  app.send(`/people/${person}/known`, { method: 'POST', headers: await app.as(reader) });
const opens = async (person: string, reader = 'amara.okafor') => (await app.get(`/v1/people/${person}`, reader)).status;
const onCaseload = async () => {
  const child = await app.people.record();
  await app.people.onCaseloadOf('amara.okafor', child.subject);
  return child;
};

describe('“I know this person”', () => {
  it('closes the record to this reader alone, whatever reason they give, and says why and whom to ask', async () => {
    const { person } = await onCaseload();
    const amara = new Visitor(app.url);
    await amara.signIn('amara.okafor');
    expect(await amara.read(`/people/${person}`)).toContain(`href="/people/${person}/known"`);
    expect(textOf(await amara.read(`/people/${person}/known`))).toContain('their record is closed to you from now on');
    const closed = textOf(await amara.submit(`/people/${person}/known`, {}));
    expect(closed).toContain('You have said that you know this person');
    expect(closed).toContain('Ask, day and night: the Front Door');
    for (const path of [`/people/${person}`, `/people/${person}/services/school`]) expect((await app.get(path)).status).toBe(403);
    const got = await app.get(`/v1/people/${person}/relationships`);
    expect([got.status, got.body.type]).toEqual([403, 'urn:involvement-index:problem:knows-this-person']);
    expect(await app.auditOf(got)).toMatchObject([{ outcome: 'denied', shown: { why: 'knows-this-person' } }]);
    expect(await opens(person, 'dan.whittle')).toBe(200);
  });

  it('is on record before it is kept, and asks for a reason like any other look', async () => {
    const child = await onCaseload();
    const got = await declare(child.person);
    expect([got.status, await app.auditOf(got)]).toMatchObject([
      303,
      [{ action: 'declared-known', outcome: 'done', person: child.person, subjects: [child.subject] }],
    ]);
    const { person } = await app.people.record();
    const asked = await declare(person);
    expect([asked.status, asked.headers.get('location')]).toEqual([303, expect.stringContaining(`/people/${person}/reason`)]);
  });

  it('stays with the records: a re-feed, a merge and a split change nothing', async () => {
    const { person, subject, recordId } = await onCaseload();
    await declare(person);
    await app.people.record({ subject, person, recordId });
    expect(await opens(person)).toBe(403);
    const other = await app.people.record();
    await app.people.assign(subject, other.person);
    expect(await opens(other.person)).toBe(403);
    const apart = randomUUID();
    await app.people.assign(subject, apart);
    expect([await opens(apart), await opens(other.person)]).toEqual([403, 200]);
  });

  it('says nothing of somebody restricted afterwards: they look like somebody who is not there', async () => {
    const { person, subject, recordId } = await onCaseload();
    await declare(person);
    await app.people.record({ subject, person, recordId, restriction: 'restricted' });
    const nobody = randomUUID();
    const [known, absent] = [await app.get(`/v1/people/${person}`), await app.get(`/v1/people/${nobody}`)];
    expect([known.status, known.text]).toEqual([404, absent.text]);
    expect((await declare(person)).status).toBe((await declare(nobody)).status);
  });
});
