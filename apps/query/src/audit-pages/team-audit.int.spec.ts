import { randomUUID } from 'node:crypto';
import { readAudit } from '#lib/audit';
import { AuditDesk, MANAGER, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import type { QueryApp } from '../../../../test/support/query-app.js';

let desk: AuditDesk;
let app: QueryApp;
let looked: Awaited<ReturnType<AuditDesk['looked']>>;
beforeAll(async () => {
  desk = await AuditDesk.open();
  ({ app } = desk);
  looked = await desk.looked();
});
afterAll(() => desk?.close());

describe('A team manager', () => {
  it('sees what the own team did, as it was then, and nothing of others, whatever they ask', async () => {
    const child = await desk.someone();
    await app.get(`/people/${child.person}`);
    await desk.recorded({ person: child.person, reader: 'of.another', team: 'Assessment West' });
    await desk.recorded({ action: 'overridden', reader: 'of.another', team: 'Assessment West' });
    for (const { text } of [
      await desk.whoLooked(child.recordId, MANAGER),
      await desk.ask({ by: 'reader', reader: 'of.another' }, MANAGER),
    ]) {
      expect(text).toContain('You see what was done in the team Assessment East');
      expect(text).not.toContain('Assessment West');
    }
    const others = await desk.someone();
    await desk.recorded({ person: others.person, subjects: [others.subject], reader: 'of.another', team: 'Assessment West' });
    expect((await desk.whoLooked(others.recordId, MANAGER)).text).toContain(
      'No look of the team Assessment East at this person is on record in this period. Whether others looked is not told here.',
    );
    expect((await desk.ask({ by: 'reader', reader: 'of.another' }, MANAGER)).text).toContain(
      'Nothing that this user name did in the team Assessment East is on record in this period. What they did in another is not told here.',
    );
    const mine = await desk.whoLooked(child.recordId, MANAGER);
    expect(mine.text).toContain('amara.okafor');
    for (const list of ['overrides', 'refused', 'reasons', 'readers'])
      expect(textOf((await app.get(`/audit/looks/${list}`, MANAGER)).text)).not.toMatch(/of\.another Duty/);
    const csv = await app.get(`${mine.path}/csv`, MANAGER);
    expect([csv.text.includes('amara.okafor'), csv.text.includes('of.another')]).toEqual([true, false]);
    const [row] = await readAudit(app.env.AUDIT_URL!, { reader: 'of.another', last: 1 });
    expect((await app.get(`/audit/entries/${row!.id}`, MANAGER)).status).toBe(404);
  });

  it('sees all that the team did without naming anybody, newest first, which no one else is offered', async () => {
    await desk.recorded({ reader: 'of.ours', team: 'Assessment East', role: 'social-worker' });
    await desk.recorded({ reader: 'not.ours', team: 'Assessment West', role: 'social-worker' });
    const all = await app.get('/audit/looks/team', MANAGER);
    expect(textOf(all.text)).toMatch(/What the team did .* of\.ours Social worker, Assessment East What Viewed basic details and states/);
    const csv = (await app.get('/audit/looks/team/csv', MANAGER)).text;
    for (const { text } of [all, { text: csv }]) expect([text.includes('of.ours'), text.includes('not.ours')]).toEqual([true, false]);
    expect(await app.auditOf(all)).toMatchObject([{ action: 'read-audit', shown: { page: 'audit/team', team: 'Assessment East' } }]);
    expect((await app.get('/audit', MANAGER)).text).toContain('href="/audit/looks/team"');
    expect((await app.get('/audit', OFFICER)).text).not.toContain('/audit/looks/team');
    expect((await app.get('/audit/looks/team', OFFICER)).status).toBe(404);
    expect((await app.get('/audit/looks/team', 'amara.okafor')).status).toBe(403);
  });

  it('can’t try out which IDs are in the index: absent, restricted and looked at by others alone read the same, afterwards too', async () => {
    const hidden = await app.people.record({ restriction: 'restricted' });
    const others = await desk.someone();
    await desk.recorded({ person: others.person, subjects: [others.subject] });
    const answers = [];
    for (const caseId of ['999999999', hidden.recordId, others.recordId]) {
      const { path, text, got } = await desk.whoLooked(caseId, MANAGER);
      const file = await app.get(`${path}/csv`, MANAGER);
      const left = [...(await app.auditOf(got)), ...(await app.auditOf(file))];
      answers.push([
        text.replaceAll(caseId, 'ID'),
        file.text,
        left.map(({ outcome, person, subjects, shown }) => [outcome, person, subjects, shown]),
      ]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('asks by case ID alone: another database’s ID is no way to a person for who also opens their pages', async () => {
    expect((await app.get('/audit', MANAGER)).text).not.toContain('name="source"');
    const tenant = await app.people.record({ source: 'northbridge-homes' });
    const got = await desk.post('/audit/questions', { by: 'person', recordId: tenant.recordId, source: 'northbridge-homes' }, MANAGER);
    expect(got.status).toBe(400);
  });

  it('has no way to what concerns everybody: unusual use, a person’s report, the whole log', async () => {
    const person = looked.person;
    for (const path of ['/audit/unusual', `/audit/unusual/${randomUUID()}`, `/audit/people/${person}/report/names`, '/audit/export']) {
      const got = await app.get(path, MANAGER);
      expect([path, got.status, (await app.auditOf(got))[0]!.outcome]).toEqual([path, 403, 'denied']);
    }
    const nav = textOf((await app.get('/audit', MANAGER)).text);
    expect([nav.includes('Refused'), nav.includes('Unusual use'), nav.includes('Export')]).toEqual([true, false, false]);
  });
});
