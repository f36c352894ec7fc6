import { randomUUID } from 'node:crypto';
import { AuditDesk, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import type { Got, QueryApp } from '../../../../test/support/query-app.js';
import { madeUpName } from '../../../../test/support/stored-people.js';

let desk: AuditDesk;
let app: QueryApp;
let looked: Awaited<ReturnType<AuditDesk['looked']>>;
beforeAll(async () => {
  desk = await AuditDesk.open();
  ({ app } = desk);
  looked = await desk.looked();
});
afterAll(() => desk?.close());

describe('Files', () => {
  it('hold the rows of the period as a table that no spreadsheet takes for formulas, once that is on record', async () => {
    const reader = `file.${madeUpName().toLowerCase()}`;
    await desk.recorded({ reader, reason: '=HYPERLINK("http://x")', reference: '+1' });
    const { path } = await desk.ask({ by: 'reader', reader });
    const got = await app.get(`${path}/csv`, OFFICER);
    expect([got.status, got.headers.get('content-type'), got.headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="audit.csv"',
    ]);
    const lines = got.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^When,When \(UTC\),Who,/);
    expect(lines[1]).toMatch(/^,+"Whether the audit log was changed since it was written is not known/);
    expect(lines[2]).toContain(`"'=HYPERLINK(""http://x""), +1"`);
    expect(await desk.readingsOf(got)).toEqual([['done', 'audit/reader']]);
    expect((await app.auditOf(got))[0]).toMatchObject({ action: 'exported' });
  });

  it('tell a person who looked at them, with names or with roles and teams alone', async () => {
    const path = `/audit/people/${looked.person}/report`;
    const [names, roles] = [await app.get(`${path}/names`, OFFICER), await app.get(`${path}/roles`, OFFICER)];
    expect(textOf(names.text)).toMatch(/Who looked at your information.*amara\.okafor \(Social worker, Assessment East\)/);
    const said = (got: Got) => textOf(got.text).replace(/^.*?Who looked at your information/, '');
    expect(said(roles)).toContain('Social worker, Assessment East');
    expect(said(roles)).not.toContain('amara.okafor');
    expect((await app.auditOf(names)).at(-1)).toMatchObject({
      action: 'read-audit',
      person: looked.person,
      shown: { page: 'audit/report', level: 'names' },
    });
    const file = await app.get(`${path}/roles/csv`, OFFICER);
    expect(file.text).toMatch(/^When,Who,What,Why,About,As it was recorded\?\r\n/);
    for (const got of [roles, file]) expect(got.text).toContain(`Person ${looked.person}`);
    // On paper the name of whoever made it does not stand in the head of the page.
    for (const got of [names, roles]) expect(got.text).toMatch(/class="ii-header__reader ii-not-on-paper"/);
    expect((await app.get('/audit', OFFICER)).text).toContain('class="ii-header__reader"');
    expect(file.text).not.toContain('amara');
    expect((await app.auditOf(file)).at(-1)).toMatchObject({ action: 'exported', shown: { page: 'audit/report', level: 'roles' } });
    expect((await app.get(`${path}/everything`, OFFICER)).status).toBe(404);
    const empty = await app.get(`/audit/people/${randomUUID()}/report/roles`, OFFICER);
    expect(textOf(empty.text)).toContain('No look is on record in this period.');
  });
});
