import { randomUUID } from 'node:crypto';
import { type AuditEntry, AuditLog, readAudit } from '#lib/audit';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { madeUpName, name } from '../../../../test/support/stored-people.js';
import { withoutAudit } from '../../../../test/support/without-audit.js';

const OFFICER = 'ig.officer';
const MANAGER = 'priya.nair';
let app: QueryApp;
let log: AuditLog;
let looked: { person: string; subject: string; recordId: string; family: string };
beforeAll(async () => {
  app = await QueryApp.open();
  log = await AuditLog.open({ url: app.env.AUDIT_URL! });
  looked = await someone();
  expect((await app.get(`/people/${looked.person}`)).status).toBe(200);
});
afterAll(async () => {
  await log?.close();
  await app?.close();
});

async function someone() {
  const family = madeUpName();
  return { family, ...(await app.people.record({ names: [name(family, 'Ada')] })) };
}
async function recorded(entry: Partial<AuditEntry>): Promise<void> {
  const at = Date.now();
  await log.record([
    { at, action: 'viewed-person', outcome: 'done', requestId: randomUUID(), reader: 'x.y', role: 'duty', team: 'Elsewhere', ...entry },
  ]);
}
const post = async (path: string, fields: Record<string, string>, reader = OFFICER): Promise<Got> =>
  app.send(path, { method: 'POST', headers: await app.as(reader), body: new URLSearchParams(fields) });
/** The page a question leads to. */
async function ask(fields: Record<string, string>, reader = OFFICER): Promise<{ path: string; got: Got; text: string }> {
  const { status, headers } = await post('/audit/questions', fields, reader);
  expect(status).toBe(303);
  const path = headers.get('location')!;
  const got = await app.get(path, reader);
  expect(got.status).toBe(200);
  return { path, got, text: textOf(got.text) };
}
const whoLooked = (caseId: string, reader = OFFICER) => ask({ by: 'person', caseId }, reader);
const readingsOf = async (got: Got) =>
  (await app.auditOf(got))
    .filter(({ action }) => ['read-audit', 'exported'].includes(action))
    .map(({ outcome, shown }) => [outcome, shown?.page]);

describe('Who looked at a person', () => {
  it('is told by case ID typed once, which stands in no address, and without the person’s name', async () => {
    const { path, text, got } = await whoLooked(looked.recordId);
    expect(path).toMatch(/^\/audit\/questions\/[0-9a-f-]{36}$/);
    expect(text).toContain(`Case ID ${looked.recordId}`);
    expect(text).toMatch(/amara\.okafor Social worker, Assessment East What Viewed basic details and states/);
    expect(text).toMatch(/Children’s social care: (checked, nothing found|not checked)/);
    expect(text.toUpperCase()).not.toContain(looked.family.toUpperCase());
    expect(/<title>[^<]*<\/title>/.exec(got.text)![0]).toBe('<title>Who looked at this person – Involvement Index</title>');
    expect(await readingsOf(got)).toEqual([
      ['done', 'audit/find-person'],
      ['done', 'audit/person'],
    ]);
    const [found, read] = await app.auditOf(got);
    expect([found!.typed, found!.person, read!.person]).toEqual([true, null, looked.person]);
    expect(JSON.stringify([found!.shown, read!.shown])).not.toContain(looked.recordId);
  });

  it('is complete after the record has moved to another person, and after one id was given up for another', async () => {
    const child = await someone();
    await app.get(`/people/${child.person}`);
    const [now, before] = [randomUUID(), randomUUID()];
    await recorded({ person: before, reader: 'looked.before' });
    await app.people.assign(child.subject, now);
    await app.people.redirect(before, now);
    const { text } = await whoLooked(child.recordId);
    expect(text).toContain('amara.okafor');
    expect(text).toContain('looked.before');
  });

  it('includes looks at a restricted person and tries that showed nothing; absent and not looked at read the same', async () => {
    const family = madeUpName();
    const restricted = await app.people.record({ names: [name(family, 'Ada')], restriction: 'restricted' });
    expect((await app.get(`/people/${restricted.person}`)).status).toBe(404);
    const { text } = await whoLooked(restricted.recordId);
    expect(text).toContain('amara.okafor');
    expect(text).toContain('Nothing found');
    const nobody = await whoLooked('999999999');
    const unseen = await whoLooked((await someone()).recordId);
    const answers = [nobody, unseen].map(({ text }) => text.slice(text.indexOf('Everybody who looked')));
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain('No look at this person is on record in this period.');
  });

  it('goes on from a row to the person, by their opaque id', async () => {
    const { got } = await whoLooked(looked.recordId);
    expect(got.text).toContain(`href="/audit/people/${looked.person}"`);
    const there = await app.get(`/audit/people/${looked.person}`, OFFICER);
    expect(textOf(there.text)).toMatch(new RegExp(`Person ${looked.person.slice(0, 8)}.*amara\\.okafor`));
    expect((await app.get('/audit/people/somebody', OFFICER)).status).toBe(404);
  });

  it.each([
    [{ by: 'person', caseId: ' ' }, 'Enter the Case ID'],
    [{ by: 'reader', reader: '' }, 'Enter the user name'],
    [{ by: 'reader', reader: 'x'.repeat(201) }, 'Enter 200 characters or fewer'],
  ])('asks for what is missing: %j', async (fields, message) => {
    const got = await post('/audit/questions', fields);
    expect([got.status, textOf(got.text).includes(message)]).toEqual([400, true]);
    expect(got.text).toContain('<title>Error: ');
  });

  it('leads nobody else to a question that was kept for one officer', async () => {
    const { path } = await whoLooked(looked.recordId);
    expect((await app.get(path, MANAGER)).status).toBe(404);
  });
});

describe('What a reader looked at', () => {
  it('is listed newest first, page by page, within a period', async () => {
    const reader = `busy.${madeUpName().toLowerCase()}`;
    for (let at = 0; at < 53; at += 1) await recorded({ reader, at: Date.now() - at * 60_000, requestId: `r${at}` });
    await recorded({ reader, at: Date.now() - 90 * 86_400_000, reference: 'OLD-1' });
    const { path, got, text } = await ask({ by: 'reader', reader: reader.toUpperCase() });
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
    expect(textOf((await ask({ by: 'reader', reader: 'no.body' })).text)).toContain('Nothing is on record for this user name');
  });
});

describe('Lists', () => {
  it('of overrides, refusals, reasons and readers of the audit hold what belongs there, with why and by whom', async () => {
    await recorded({ action: 'overridden', reader: 'over.rider', person: randomUUID(), reason: 'section-47', reference: 'C-12' });
    await recorded({ outcome: 'denied', reader: 'held.back', person: randomUUID(), shown: { why: 'knows-this-person' } });
    await recorded({ reader: 'with.reason', reason: 'other', reference: 'none-yet' });
    const list = async (path: string) => textOf((await app.get(`/audit/looks/${path}`, OFFICER)).text);
    expect(await list('overrides')).toMatch(/over\.rider Duty worker, Elsewhere.*Opened a restricted record.*Section 47 enquiry, C-12/);
    expect(await list('refused')).toMatch(/held\.back.*Refused, nothing shown.*why not: the reader has said to know this person/);
    expect(await list('reasons')).toMatch(/with\.reason.*Other, no reference yet/);
    const one = await list('reasons?reason=section-47');
    expect([one.includes('over.rider'), one.includes('with.reason')]).toEqual([true, false]);
    expect(await list('readers')).toMatch(/ig\.officer Information governance officer.*Read the audit/);
    expect((await app.get('/audit/looks/everything', OFFICER)).status).toBe(404);
    expect(await list('overrides?from=2020-01-01&to=2020-01-02')).toContain('Nothing of this kind is on record in this period.');
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
    expect(await readingsOf(got)).toEqual([['done', 'audit/entry']]);
  });

  it('opens what was typed for a reason, once, and puts the reason on record', async () => {
    const { family, id } = await searched();
    const without = await post(`/audit/entries/${id}/terms`, { reason: ' ' });
    expect([without.status, textOf(without.text).includes('Enter a reason'), without.text.includes(family)]).toEqual([400, true, false]);
    const got = await post(`/audit/entries/${id}/terms`, { reason: 'complaint 12' });
    expect([got.status, textOf(got.text).includes(`Last name ${family}`)]).toEqual([200, true]);
    expect((await app.auditOf(got)).at(-1)).toMatchObject({
      action: 'read-audit',
      outcome: 'done',
      reason: 'complaint 12',
      shown: { page: 'audit/terms', entry: id },
    });
    const manager = await post(`/audit/entries/${id}/terms`, { reason: 'curious' }, MANAGER);
    expect([manager.status, (await app.auditOf(manager))[0]!.outcome]).toEqual([403, 'denied']);
    expect(textOf((await app.get(`/audit/entries/${id}`, MANAGER)).text)).not.toContain('Open what was typed');
  });

  it('is not found where there is none of that id', async () => {
    for (const id of [randomUUID(), 'nothing']) {
      const got = await app.get(`/audit/entries/${id}`, OFFICER);
      expect([got.status, await readingsOf(got)]).toEqual([404, [['nothing-found', 'audit/entry']]]);
    }
  });
});

describe('A team manager', () => {
  it('sees what the own team did, as it was then, and nothing of others, whatever they ask', async () => {
    const child = await someone();
    await app.get(`/people/${child.person}`);
    await recorded({ person: child.person, reader: 'of.another', team: 'Assessment West' });
    await recorded({ action: 'overridden', reader: 'of.another', team: 'Assessment West' });
    for (const { text } of [await whoLooked(child.recordId, MANAGER), await ask({ by: 'reader', reader: 'of.another' }, MANAGER)]) {
      expect(text).toContain('You see what was done in the team Assessment East');
      expect(text).not.toContain('Assessment West');
    }
    const mine = await whoLooked(child.recordId, MANAGER);
    expect(mine.text).toContain('amara.okafor');
    for (const list of ['overrides', 'refused', 'reasons', 'readers'])
      expect(textOf((await app.get(`/audit/looks/${list}`, MANAGER)).text)).not.toMatch(/of\.another Duty/);
    const csv = await app.get(`${mine.path}/csv`, MANAGER);
    expect([csv.text.includes('amara.okafor'), csv.text.includes('of.another')]).toEqual([true, false]);
    const [row] = await readAudit(app.env.AUDIT_URL!, { reader: 'of.another', last: 1 });
    expect((await app.get(`/audit/entries/${row!.id}`, MANAGER)).status).toBe(404);
  });

  it('can’t try out which IDs are in the index: absent, restricted and looked at by others alone read the same, afterwards too', async () => {
    const hidden = await app.people.record({ restriction: 'restricted' });
    const others = await someone();
    await recorded({ person: others.person, subjects: [others.subject] });
    const answers = [];
    for (const caseId of ['999999999', hidden.recordId, others.recordId]) {
      const { path, text, got } = await whoLooked(caseId, MANAGER);
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

describe('Files', () => {
  it('hold the rows of the period as a table that no spreadsheet takes for formulas, once that is on record', async () => {
    const reader = `file.${madeUpName().toLowerCase()}`;
    await recorded({ reader, reason: '=HYPERLINK("http://x")', reference: '+1' });
    const { path } = await ask({ by: 'reader', reader });
    const got = await app.get(`${path}/csv`, OFFICER);
    expect([got.status, got.headers.get('content-type'), got.headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="audit.csv"',
    ]);
    const lines = got.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^When,When \(UTC\),Who,/);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://x""), +1"`);
    expect(await readingsOf(got)).toEqual([['done', 'audit/reader']]);
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
    expect(file.text).toMatch(/^When,Who,What,Why\r\n/);
    expect(file.text).not.toContain('amara');
    expect((await app.auditOf(file)).at(-1)).toMatchObject({ action: 'exported', shown: { page: 'audit/report', level: 'roles' } });
    expect((await app.get(`${path}/everything`, OFFICER)).status).toBe(404);
    const empty = await app.get(`/audit/people/${randomUUID()}/report/roles`, OFFICER);
    expect(textOf(empty.text)).toContain('No look is on record in this period.');
  });
});

describe('No record of reading, no reading', () => {
  it('holds for every page and file of the audit: 503 and not a byte of the log', async () => {
    const { path } = await whoLooked(looked.recordId);
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
      const file = await post('/audit/export', { reason: 'yearly' });
      expect([file.status, file.text.includes('amara')]).toEqual([503, false]);
    });
  });
});
