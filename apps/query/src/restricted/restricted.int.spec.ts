/** The separate way in to restricted people: who has it, what it leaves behind, and how it ends. */
import { randomUUID } from 'node:crypto';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const enter = (reader: string) => Visitor.signedIn(app.url, reader);
const WHY = { why: 'other', words: 'asked by the court', reference: 'C-9' };
const open = (visitor: Visitor, caseId: string, fields: Record<string, string> = WHY) =>
  visitor.send('/restricted', { method: 'POST', body: new URLSearchParams({ caseId, ...fields }) });
const restricted = async () => {
  const family = madeUpName();
  return { family, ...(await people.record({ names: [name(family, 'Ada')], restriction: 'restricted' })) };
};
const alerts = async (person: string) =>
  (await people.pool.query(`SELECT reader, kind, request_id FROM decided.alert WHERE person = $1`, [person])).rows as object[];
const opened = async () => Number(/^involvement_overrides_total\{app="query"\} (\d+)$/m.exec((await app.send('/metrics', {})).text)?.[1]);

describe('The way in to restricted people', () => {
  it('is shown to team managers alone, and anybody else who comes is refused and on record', async () => {
    expect(await (await enter('priya.nair')).read('/search')).toContain('href="/restricted"');
    expect(await (await enter('amara.okafor')).read('/search')).not.toContain('/restricted');
    const { person, recordId } = await restricted();
    const amara = await enter('amara.okafor');
    const got = await open(amara, recordId);
    expect(got.status).toBe(403);
    expect([await alerts(person), (await amara.openWithReason(`/people/${person}`)).includes('Page not found')]).toEqual([[], true]);
  });

  it('opens the record with a banner, once it is on record and officers are told', async () => {
    const { person, recordId, family, subject } = await restricted();
    await people.involvement(subject);
    const [priya, before] = [await enter('priya.nair'), await opened()];
    const got = await open(priya, recordId);
    expect([got.status, got.headers.get('location')]).toEqual([303, `/people/${person}`]);
    expect(await alerts(person)).toEqual([
      { reader: 'priya.nair', kind: 'restriction-overridden', request_id: got.headers.get('x-request-id') },
    ]);
    expect(await opened()).toBe(before + 1);
    const page = await priya.open(`/people/${person}/services/childrens-social-care`);
    const text = await page.text();
    expect(textOf(text)).toContain('Restricted record. The information governance officers have been told that you opened it.');
    expect(text).toContain(family.toUpperCase());
    // No page names a link that is not there.
    const why = await priya.read(`/people/${person}/why`);
    expect([textOf(why).includes('That can be wrong: ring before you act on it.'), /Not the same person|doubt/.test(why)]).toEqual([
      true,
      false,
    ]);
    const rows = await app.auditOf({ headers: page.headers } as never);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows)
      expect(row).toMatchObject({
        outcome: expect.stringMatching(/done|nothing-found/),
        reason: 'other',
        reference: 'C-9',
        shown: { overridden: true },
      });
    const [record] = await app.auditOf({ headers: got.headers } as never);
    expect(record).toMatchObject({ action: 'overridden', outcome: 'done', person, subjects: [subject], reason: 'other', reference: 'C-9' });
  });

  it('leads to nobody named on it by an address that tells whose page they were named on', async () => {
    const who = { names: [name(madeUpName(), 'Ada')], addresses: [address('7 Dock Street', madeUpPostcode())] };
    const { person, recordId, subject } = await people.record({ ...who, dateOfBirth: born('1980-03-04'), restriction: 'restricted' });
    const mother = await people.record({ names: [name(madeUpName(), 'Kate')], dateOfBirth: born('1955-03-04') });
    await people.link(subject, mother.subject, 'parent');
    const double = await people.record({ ...who, source: 'cis', dateOfBirth: null });
    const parted = await people.record({ source: 'liquidlogic', dateOfBirth: born('1990-01-02') });
    await people.assign(parted.subject, person);
    await people.assign(parted.subject, parted.person, 'parted');
    const priya = await enter('priya.nair');
    const [one, two, three] = [mother, double, parted].map((other) => `/people/${other.person}`);
    for (const [part, named] of [
      ['', [one, two, three]],
      ['/family', [one, two]],
      ['/contacts', [one]],
      ['/why', [two]],
      ['/addresses', []],
    ] as const) {
      await open(priya, recordId);
      const page = await priya.read(`/people/${person}${part}`);
      const links = [...page.matchAll(/href="(\/people\/[^"]*)"/g)].map(([, href]) => href!).filter((href) => !href.includes(person));
      expect([part, new Set(links)]).toEqual([part, new Set(named)]);
      expect(page).not.toContain('before=');
    }
  });

  it('opens by the case ID as pages write it', async () => {
    const { person, recordId } = await restricted();
    const priya = await enter('priya.nair');
    expect((await open(priya, `Mosaic ${recordId}`)).headers.get('location')).toContain(person);
  });

  it('closes when the record is left for any other page, and not while the session is merely prolonged', async () => {
    const { person, recordId } = await restricted();
    const priya = await enter('priya.nair');
    await open(priya, recordId);
    await priya.send('/session/stay', { method: 'POST' });
    await priya.open('/session');
    expect((await priya.open(`/v1/people/${person}`)).status).toBe(200);
    expect((await priya.open(`/people/${person}`)).status).toBe(200);
    await priya.read('/search');
    expect((await priya.open(`/v1/people/${person}`)).status).toBe(403);
    expect(await priya.openWithReason(`/people/${person}`)).toContain('Page not found');
  });

  it('stays open while the meaning of one of its panels is read, which leads back to it, and not while another’s is', async () => {
    const { person, recordId } = await restricted();
    const priya = await enter('priya.nair');
    await open(priya, recordId);
    const page = await priya.read(`/people/${person}`);
    const [, about = ''] = /href="(\/services\/police\?[^"#]*)/.exec(page) ?? [];
    expect(await priya.read(about.replaceAll('&amp;', '&'))).toContain(
      'Restricted record. The information governance officers have been told that you opened it.',
    );
    expect((await priya.open(`/v1/people/${person}`)).status).toBe(200);
    for (const elsewhere of [randomUUID(), `${person}0`, '']) {
      await open(priya, recordId);
      expect(await priya.read(`/services/police?person=${elsewhere}`)).not.toContain('Restricted record.');
      expect((await priya.open(`/v1/people/${person}`)).status).toBe(403);
    }
  });

  it('opens no other restricted person, not even one who is linked, and nobody’s but this session’s', async () => {
    const [one, other] = [await restricted(), await restricted()];
    await people.link(one.subject, other.subject, 'sibling');
    const [priya, tablet] = [await enter('priya.nair'), await enter('priya.nair')];
    await open(priya, one.recordId);
    const page = await priya.read(`/people/${one.person}`);
    expect(page).not.toContain(other.family.toUpperCase());
    expect((await tablet.open(`/v1/people/${one.person}`)).status).toBe(403);
    expect((await priya.open(`/v1/people/${other.person}`)).status).toBe(403);
  });

  it('asks for what is missing, and says the same of a case ID that nobody has and of one that is not restricted', async () => {
    const priya = await enter('priya.nair');
    const missing = await open(priya, ' ', {});
    const text = textOf(await missing.text());
    expect(missing.status).toBe(400);
    for (const message of ['Enter the Case ID', 'Select why you need to see this record', 'Enter a case or contact reference'])
      expect(text).toContain(message);
    const { recordId } = await people.record();
    const said = async (caseId: string) => (await (await open(priya, caseId)).text()).replaceAll(caseId, 'ID');
    const nobody = await said('7654321987');
    expect(nobody).toContain('No restricted record has this case ID');
    expect(await said(recordId)).toBe(nobody);
  });

  it('stays closed where officers can’t be told', async () => {
    const { person, recordId } = await restricted();
    const priya = await enter('priya.nair');
    await people.pool.query('ALTER TABLE decided.alert RENAME TO alert_away');
    try {
      expect((await open(priya, recordId)).status).toBeGreaterThanOrEqual(500);
    } finally {
      await people.pool.query('ALTER TABLE decided.alert_away RENAME TO alert');
    }
    expect((await priya.open(`/v1/people/${person}`)).status).toBe(403);
  });

  it('is no way past having said to know the person', async () => {
    const { person, recordId, subject } = await restricted();
    await people.pool.query(`INSERT INTO decided.declaration (declaration, reader, subject) VALUES ($1, 'priya.nair', $2)`, [
      randomUUID(),
      subject,
    ]);
    const priya = await enter('priya.nair');
    await open(priya, recordId);
    expect((await priya.open(`/people/${person}`)).status).toBe(403);
    // Whoever finds out only then says so then.
    const other = await restricted();
    await open(priya, other.recordId);
    await priya.submit(`/people/${other.person}/known`, {});
    const { rowCount } = await people.pool.query('SELECT FROM decided.declaration WHERE subject = $1', [other.subject]);
    expect(rowCount).toBe(1);
  });
});
