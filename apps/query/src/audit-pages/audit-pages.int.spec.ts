import { randomUUID } from 'node:crypto';
import { readAudit } from '#lib/audit';
import { AuditDesk, MANAGER, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import type { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name } from '../../../../test/support/stored-people.js';
import { withoutAudit } from '../../../../test/support/without-audit.js';

let desk: AuditDesk;
let app: QueryApp;
let looked: Awaited<ReturnType<AuditDesk['looked']>>;
beforeAll(async () => {
  desk = await AuditDesk.open();
  ({ app } = desk);
  looked = await desk.looked();
});
afterAll(() => desk?.close());

describe('Who looked at a person', () => {
  it('is told by case ID typed once, which stands in no address, and without the person’s name', async () => {
    const { path, text, got } = await desk.whoLooked(looked.recordId);
    expect(path).toMatch(/^\/audit\/questions\/[0-9a-f-]{36}$/);
    expect(text).toContain(`Case ID ${looked.recordId}`);
    expect(text).toMatch(/amara\.okafor Social worker, Assessment East What Viewed basic details and states/);
    expect(text).toMatch(/Children’s social care: (checked, nothing found|not checked)/);
    expect(text.toUpperCase()).not.toContain(looked.family.toUpperCase());
    expect(/<title>[^<]*<\/title>/.exec(got.text)![0]).toBe('<title>Who looked at this person – Involvement Index</title>');
    expect(await desk.readingsOf(got)).toEqual([
      ['done', 'audit/find-person'],
      ['done', 'audit/person'],
    ]);
    const [found, read] = await app.auditOf(got);
    expect([found!.typed, found!.person, read!.person]).toEqual([true, null, looked.person]);
    expect(JSON.stringify([found!.shown, read!.shown])).not.toContain(looked.recordId);
  });

  it('is told as well by the ID that any other database knows them by, for whoever has no case ID, and leads to their own report', async () => {
    const tenant = await app.people.record({
      source: 'northbridge-homes',
      recordId: `NH-${madeUpName()}`,
      dateOfBirth: born('1980-03-02'),
    });
    await app.get(`/people/${tenant.person}`);
    const { path, text, got } = await desk.whoLooked(tenant.recordId.toLowerCase(), OFFICER, 'northbridge-homes');
    expect(path).toMatch(/^\/audit\/questions\/[0-9a-f-]{36}$/);
    expect(text).toContain(`Northbridge Homes ID ${tenant.recordId.toLowerCase()}`);
    expect(text).toMatch(/amara\.okafor Social worker, Assessment East What Viewed basic details and states/);
    expect(got.text).toContain(`href="/audit/people/${tenant.person}/report/roles"`);
    const [found, read] = await app.auditOf(got);
    expect([found!.typed, found!.person, read!.person]).toEqual([true, null, tenant.person]);
    expect(JSON.stringify([found!.shown, read!.shown])).not.toMatch(/NH-|northbridge-homes/i);
    for (const source of ['mosaic', 'niche'])
      expect((await desk.whoLooked(tenant.recordId, OFFICER, source)).text).toContain('No look at this person is on record');
  });

  it('tells nobody’s looks by an ID of another database’s that a record only repeats', async () => {
    const [recordId, elsewhere] = [looked.recordId, await desk.someone()];
    await app.get(`/people/${elsewhere.person}`);
    await app.people.record({ source: 'synergy', person: elsewhere.person, identifiers: [{ type: 'cms', value: recordId }] });
    expect((await desk.whoLooked(recordId, OFFICER, 'synergy')).text).toContain('No look at this person is on record');
  });

  it('is complete after the record has moved to another person, and after one id was given up for another', async () => {
    const child = await desk.someone();
    await app.get(`/people/${child.person}`);
    const [now, before] = [randomUUID(), randomUUID()];
    await desk.recorded({ person: before, reader: 'looked.before' });
    await app.people.assign(child.subject, now);
    await app.people.redirect(before, now);
    const { text } = await desk.whoLooked(child.recordId);
    expect(text).toContain('amara.okafor');
    expect(text).toContain('looked.before');
  });

  it('does not hold what was seen of another under an id that was given up for this person’s, and taken up again since', async () => {
    const [child, other] = [await desk.someone(), await desk.someone()];
    await app.people.redirect(other.person, child.person);
    await desk.recorded({ person: other.person, subjects: [other.subject], reader: 'saw.another' });
    await desk.recorded({ person: child.person, subjects: [child.subject], reader: 'saw.this' });
    const { text } = await desk.whoLooked(child.recordId);
    expect([text.includes('saw.this'), text.includes('saw.another')]).toEqual([true, false]);
  });

  it('includes looks at a restricted person and tries that showed nothing; absent and not looked at read the same', async () => {
    const family = madeUpName();
    const restricted = await app.people.record({ names: [name(family, 'Ada')], restriction: 'restricted' });
    expect((await app.get(`/people/${restricted.person}`)).status).toBe(404);
    const { text } = await desk.whoLooked(restricted.recordId);
    expect(text).toContain('amara.okafor');
    expect(text).toContain('Nothing found');
    const nobody = await desk.whoLooked('999999999');
    const unseen = await desk.whoLooked((await desk.someone()).recordId);
    const answers = [nobody, unseen].map(({ text }) => text.slice(text.indexOf('Everybody who looked')));
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain('No look at this person is on record in this period.');
  });

  it('goes on from a row to the person, by their opaque id', async () => {
    const { got } = await desk.whoLooked(looked.recordId);
    expect(got.text).toContain(`href="/audit/people/${looked.person}"`);
    const there = await app.get(`/audit/people/${looked.person}`, OFFICER);
    expect(textOf(there.text)).toMatch(new RegExp(`Person ${looked.person}.*amara\\.okafor`));
    expect((await app.get('/audit/people/somebody', OFFICER)).status).toBe(404);
  });

  it.each([
    [{ by: 'person', recordId: ' ' }, 'Enter the ID'],
    [{ by: 'person', recordId: '12', source: 'a-database' }, 'Choose a database from the list'],
    [{ by: 'reader', reader: '' }, 'Enter the user name'],
    [{ by: 'reader', reader: 'x'.repeat(201) }, 'Enter 200 characters or fewer'],
  ])('asks for what is missing: %j', async (fields, message) => {
    const got = await desk.post('/audit/questions', fields);
    expect([got.status, textOf(got.text).includes(message)]).toEqual([400, true]);
    expect(got.text).toContain('<title>Error: ');
  });

  it('leads nobody else to a question that was kept for one officer', async () => {
    const { path } = await desk.whoLooked(looked.recordId);
    expect((await app.get(path, MANAGER)).status).toBe(404);
  });
});

describe('What a reader looked at', () => {
  it('is listed newest first, page by page, within a period', async () => {
    const reader = `busy.${madeUpName().toLowerCase()}`;
    for (let at = 0; at < 53; at += 1) await desk.recorded({ reader, at: Date.now() - at * 60_000, requestId: `r${at}` });
    await desk.recorded({ reader, at: Date.now() - 90 * 86_400_000, reference: 'OLD-1' });
    const { path, got, text } = await desk.ask({ by: 'reader', reader: reader.toUpperCase() });
    expect(text.match(/Viewed basic details/g)).toHaveLength(50);
    expect(text).not.toContain('OLD-1');
    const older = /href="([^"]*after=[^"]*)"/.exec(got.text)![1]!.replaceAll('&amp;', '&');
    const second = textOf((await app.get(older, OFFICER)).text);
    expect(second.match(/Viewed basic details/g)).toHaveLength(3);
    expect(second).toContain('Back to the newest');
    const then = textOf((await app.get(`${path}?from=2020-01-01&to=2099-01-01`, OFFICER)).text);
    expect(then).toContain('From 1 Jan 2020 to 1 Jan 2099');
    const wrong = await app.get(`${path}?from=2026-02-31&to=2026-03-01`, OFFICER);
    expect(textOf(wrong.text)).toContain('Enter two real dates');
    expect(textOf((await desk.ask({ by: 'reader', reader: 'no.body' })).text)).toContain('Nothing is on record for this user name');
  });
});

describe('One entry', () => {
  async function searched(): Promise<{ family: string; id: string }> {
    const family = madeUpName();
    const got = await app.search({ familyName: family });
    return { family, id: (await app.auditOf(got))[0]!.id };
  }

  it('says all that is on record of it, and keeps what was typed closed', async () => {
    const { family, id } = await searched();
    const got = await app.get(`/audit/entries/${id}`, OFFICER);
    const text = textOf(got.text);
    expect(text).toMatch(/Who amara\.okafor Role and team then Social worker, Assessment East What Searched Outcome Nothing found/);
    expect(text).toMatch(/How fresh it was .*Mosaic up to \d+ \w+ 20\d\d at .*Request [0-9a-f-]{36} Sealed Waits to be sealed/);
    expect(text).toContain('Open what was typed');
    expect(text.toLowerCase()).not.toContain(family.toLowerCase());
    expect(await desk.readingsOf(got)).toEqual([['done', 'audit/entry']]);
  });

  it('opens what was typed for a reason, once, and puts the reason on record', async () => {
    const { family, id } = await searched();
    const without = await desk.post(`/audit/entries/${id}/terms`, { reason: ' ' });
    expect([without.status, textOf(without.text).includes('Enter a reason'), without.text.includes(family)]).toEqual([400, true, false]);
    const got = await desk.post(`/audit/entries/${id}/terms`, { reason: 'complaint 12' });
    expect([got.status, textOf(got.text).includes(`Family name ${family}`)]).toEqual([200, true]);
    expect((await app.auditOf(got)).at(-1)).toMatchObject({
      action: 'read-audit',
      outcome: 'done',
      reason: 'complaint 12',
      shown: { page: 'audit/terms', entry: id },
    });
    const manager = await desk.post(`/audit/entries/${id}/terms`, { reason: 'curious' }, MANAGER);
    expect([manager.status, (await app.auditOf(manager))[0]!.outcome]).toEqual([403, 'denied']);
    expect(textOf((await app.get(`/audit/entries/${id}`, MANAGER)).text)).not.toContain('Open what was typed');
  });

  it('is not found where there is none of that id', async () => {
    for (const id of [randomUUID(), 'nothing']) {
      const got = await app.get(`/audit/entries/${id}`, OFFICER);
      expect([got.status, await desk.readingsOf(got)]).toEqual([404, [['nothing-found', 'audit/entry']]]);
    }
  });
});

describe('No record of reading, no reading', () => {
  it('holds for every page and file of the audit: 503 and not a byte of the log', async () => {
    const { path } = await desk.whoLooked(looked.recordId);
    const [row] = await readAudit(app.env.AUDIT_URL!, { reader: 'amara.okafor', last: 1 });
    const paths = [
      path,
      `${path}/csv`,
      `/audit/people/${looked.person}`,
      `/audit/people/${looked.person}/report/names`,
      `/audit/people/${looked.person}/report/names/csv`,
      '/audit/looks/refused',
      '/audit/looks/refused/csv',
      '/audit/unusual',
      `/audit/entries/${row!.id}`,
    ];
    await withoutAudit(app.env.AUDIT_URL!, async () => {
      for (const path of paths) {
        const got = await app.get(path, OFFICER);
        expect([path, got.status, /amara|held\.back/.test(got.text)]).toEqual([path, 503, false]);
      }
      const file = await desk.post('/audit/export', { reason: 'yearly' });
      expect([file.status, file.text.includes('amara')]).toEqual([503, false]);
    });
  });
});
