import { AuditDesk, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import type { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name } from '../../../../test/support/stored-people.js';

let desk: AuditDesk;
let app: QueryApp;
beforeAll(async () => {
  desk = await AuditDesk.open();
  ({ app } = desk);
});
afterAll(() => desk?.close());

test('with whom somebody was shown as one says who decided that they are two: a steward, with the entry that has it, or the matcher', async () => {
  const family = madeUpName();
  const one = await app.people.record({ names: [name(family, 'Tom')], dateOfBirth: born('2014-05-12') });
  const other = await app.people.record({ names: [name(family, 'Tommy')], dateOfBirth: born('2014-05-21'), source: 'synergy' });
  await app.people.assign(other.subject, one.person);
  await app.get(`/people/${one.person}`);
  await app.people.assign(other.subject, other.person, 'record-of-its-own', Date.parse('2026-11-03T10:00:00Z'));
  await app.people.assign(one.subject, one.person, 'matched', Date.parse('2026-11-02T10:00:00Z'));
  const list = () => app.get(`/audit/people/${one.person}/exposure`, OFFICER);
  expect(textOf((await list()).text)).toContain(
    'Nobody by hand. The matcher on 3 Nov 2026 at 10:00: matched a record of theirs with no other.',
  );

  await app.people.keepApart(one.subject, other.subject);
  expect(textOf((await list()).text)).toMatch(
    /By hand, by decision \d+ of the identity log\. No steward’s decision in this log says by whom\./,
  );

  const shown = { one: other.subject, other: one.subject, answer: 'different', because: 'details-differ' };
  const said = { reader: 'grace.holt', role: 'data-steward', person: one.person, subjects: [one.subject], shown };
  await desk.recorded({ action: 'decided-match', ...said, at: Date.parse('2026-11-04T09:00:00Z') });
  await desk.recorded({ action: 'decided-match', ...said, outcome: 'refused' });
  const { text: html } = await list();
  expect(textOf(html)).toContain('Data steward grace.holt on 4 Nov 2026 at 09:00: Their details differ .');
  expect(textOf(html)).not.toMatch(/Nobody by hand|By hand, by decision/);
  const [, entry] = /href="(\/audit\/entries\/[^"]+)">Data steward/.exec(html)!;
  expect(textOf((await app.get(entry!, OFFICER)).text)).toContain('grace.holt');
});
