import { randomUUID } from 'node:crypto';
import { anotherGeneration } from '../../../../test/support/another-generation.js';
import { doubt, OF_THE_POLICE, READER, storeJoined, withdraw } from '../../../../test/support/doubted-people.js';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

const WHY = 'a possible wrong match awaiting review';
let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const panelOf = async (person: string, service = 'police') =>
  (await app.get(`/v1/people/${person}`)).body.result.panels.find((panel) => panel.service === service)!;
const stateOf = async (person: string, service?: string) => (await panelOf(person, service)).state.words;
const everywhere = (person: string) => [
  `/people/${person}`,
  `/people/${person}/services/all`,
  `/people/${person}/panels/police`,
  `/people/${person}?print=yes`,
  `/people/${person}/family`,
  `/people/${person}/contacts`,
  `/people/${person}/addresses`,
  `/people/${person}/doubt`,
  ...['', '/services/police', '/family', '/contacts', '/addresses', '/relationships'].map((rest) => `/v1/people/${person}${rest}`),
];
const doubtsOf = async (subject: string) =>
  (await app.people.pool.query<{ id: string; settled_as: string | null }>('SELECT * FROM decided.doubt WHERE subject = $1', [subject]))
    .rows;

describe('A doubted record of the police', () => {
  it('is shown nowhere from then on, and every page and answer says why', async () => {
    const { person, police, family } = await storeJoined(app);
    expect(await stateOf(person)).toBe('Records held');
    const seen = await Promise.all(everywhere(person).map(async (path) => (await app.get(path)).text));
    expect(seen.every((text) => !OF_THE_POLICE.test(text))).toBe(false);
    const got = await doubt(app, person, police.subject);
    expect([got.status, got.headers.get('location')]).toEqual([303, `/people/${person}/doubt`]);
    expect(textOf((await app.get(got.headers.get('location')!)).text)).toContain('You have doubted: Police: Niche');
    for (const path of everywhere(person)) {
      const { status, text } = await app.get(path);
      expect([path, status, OF_THE_POLICE.exec(text)?.[0]]).toEqual([path, 200, undefined]);
    }
    for (const path of ['', '?print=yes', '/family', '/contacts'])
      expect(textOf((await app.get(`/people/${person}${path}`)).text)).toContain(WHY);
    expect(await panelOf(person)).toMatchObject({
      state: { kind: 'not-checked', reason: 'wrong-match-awaiting-review', words: `Not checked: ${WHY}` },
      canOpen: false,
      doubtWords: expect.stringContaining('A reader has said that a record from Niche may be of another person.') as string,
    });
    expect((await app.search({ familyName: 'Quarrington', givenName: 'Ada' })).body.result.people.map((one) => one.person)).not.toContain(
      person,
    );
    expect((await app.search({ familyName: family })).body.result.people.map((one) => one.person)).toEqual([person]);
    expect(await stateOf(person, 'childrens-social-care')).toBe('Involved now');
  });

  it('stays so after a re-feed, a re-keyed record, another generation, and merged with another person', async () => {
    const { person, police, known } = await storeJoined(app);
    await doubt(app, person, police.subject);
    await app.people.record({ ...police, source: 'niche', person });
    expect(await stateOf(person)).toContain(WHY);
    const other = await app.people.record({ source: 'liquidlogic' });
    for (const { subject } of [police, known]) await app.people.assign(subject, other.person);
    expect(await stateOf(other.person)).toContain(WHY);
    const successor = await app.people.record({ source: 'niche', person: other.person });
    await app.people.record({ ...police, source: 'niche', person: other.person, replacedBy: successor.subject, replacedAt: 3 });
    expect(await stateOf(other.person)).toContain(WHY);
    await anotherGeneration(app.people.pool, async () => expect(await stateOf(other.person)).toContain(WHY));
  });

  it('is nobody’s wrong match once it stands alone', async () => {
    const { person, police } = await storeJoined(app);
    await doubt(app, person, police.subject);
    const alone = randomUUID();
    await app.people.assign(police.subject, alone);
    expect([await stateOf(alone), await stateOf(person)]).toEqual(['Records held', 'Checked, nothing found']);
    expect((await app.search({ familyName: 'Quarrington', givenName: 'Ada' })).body.result.people.map((one) => one.person)).toContain(
      alone,
    );
  });

  it('that is settled as another person’s is not shown before the records are parted, and is once it is settled as theirs', async () => {
    const { person, police, known } = await storeJoined(app);
    await doubt(app, person, police.subject);
    const settle = (as: string, from: string[]) =>
      app.people.pool.query(
        `UPDATE decided.doubt SET settled_at = now(), settled_as = $2, settled_by = 'grace.holt', apart_from = $3 WHERE subject = $1`,
        [police.subject, as, from],
      );
    await settle('different', [known.subject]);
    expect(await stateOf(person)).toContain(WHY);
    await settle('same', []);
    expect(await stateOf(person)).toBe('Records held');
  });

  it('says nothing of whoever has more records there, but that something is not shown', async () => {
    const { person, police } = await storeJoined(app);
    const own = await app.people.record({ source: 'niche', person });
    await app.people.involvement(own.subject, { source: 'niche', service: 'police' });
    await doubt(app, person, police.subject);
    expect(await panelOf(person)).toMatchObject({
      state: { words: 'Records held' },
      doubtWords: expect.stringContaining('What it says is not shown until a data steward has looked.') as string,
    });
    expect((await app.get(`/people/${person}/services/police`)).text).not.toMatch(OF_THE_POLICE);
  });
});

describe('A doubted record of a usual service', () => {
  it('stays, with a warning beside it on every page', async () => {
    const { person, known } = await storeJoined(app);
    await doubt(app, person, known.subject);
    expect(await stateOf(person, 'childrens-social-care')).toBe('Involved now');
    for (const path of ['', '/family', '/contacts']) {
      const text = textOf((await app.get(`/people/${person}${path}`)).text);
      expect(text).toMatch(/record (from Mosaic|here) may be of another person/);
    }
  });
});

describe('Raising a doubt', () => {
  it('starts at the person’s page: which record and why, in the reader’s words sealed, on record before it is kept', async () => {
    const { person, police } = await storeJoined(app);
    const amara = await Visitor.signedIn(app.url, READER);
    const page = await amara.openWithReason(`/people/${person}?search=abc`);
    expect(page).toContain(`href="/people/${person}/doubt?search=abc">Not the same person?`);
    const form = textOf(await amara.read(`/people/${person}/doubt?search=abc`));
    for (const words of ['Police: Niche. QUARRINGTON, Ada, born 3 Feb 1971', 'Its source is told neither of it nor who you are.'])
      expect(form).toContain(words);
    const got = await doubt(app, person, police.subject, { words: 'Ada Quarrington is older' });
    expect(await app.auditOf(got)).toMatchObject([
      {
        action: 'raised-doubt',
        outcome: 'done',
        reader: READER,
        person,
        shown: { record: police.subject, because: 'another-of-that-name', hides: true },
      },
    ]);
    const { rows } = await app.people.pool.query('SELECT d::text AS text, sealed FROM decided.doubt d WHERE subject = $1', [
      police.subject,
    ]);
    const [{ text, sealed }] = rows as [{ text: string; sealed: Buffer }];
    expect(`${text} ${sealed.toString('latin1')}`).not.toMatch(/Quarrington|older/);
  });

  it('is sent back with what to correct', async () => {
    const { person } = await storeJoined(app);
    const got = await doubt(app, person, '', { because: 'gossip', words: 'x'.repeat(501) });
    expect(got.status).toBe(400);
    for (const words of ['Select the record that', 'Select why you think so', 'Enter 500 characters or fewer'])
      expect(got.text).toContain(words);
  });

  it('counts once for a record and reader, and ends when its reader withdraws it; another’s stays', async () => {
    const { person, police } = await storeJoined(app);
    const both = await Promise.all([doubt(app, person, police.subject), doubt(app, person, police.subject)]);
    expect(both.map(({ status }) => status)).toEqual(expect.arrayContaining([303]));
    expect((await doubt(app, person, police.subject)).status).toBe(404);
    const [own, ...more] = await doubtsOf(police.subject);
    expect(more).toEqual([]);
    expect(textOf((await app.get(`/people/${person}/doubt`)).text)).toContain('You have doubted: Police: Niche');
    expect((await withdraw(app, person, own!.id, 'priya.nair')).status).toBe(404);
    const got = await withdraw(app, person, own!.id);
    expect([got.status, await app.auditOf(got)]).toMatchObject([303, [{ action: 'withdrew-doubt', person, shown: { doubt: own!.id } }]]);
    expect([await stateOf(person), (await withdraw(app, person, own!.id)).status]).toEqual(['Records held', 404]);
  });

  it('is found, and can be withdrawn, also where the doubted record has left and the person was merged into another since', async () => {
    const { person, police, known } = await storeJoined(app);
    await doubt(app, person, police.subject);
    await app.people.assign(police.subject, randomUUID());
    const [between, other] = [randomUUID(), await app.people.record({ source: 'liquidlogic' })];
    await app.people.assign(known.subject, other.person);
    await app.people.redirect(person, between);
    await app.people.redirect(between, other.person);
    const page = async () => textOf((await app.get(`/people/${other.person}/doubt`)).text);
    expect(await page()).toContain('A record that is not shown with this person any more');
    const [own] = await doubtsOf(police.subject);
    expect((await withdraw(app, other.person, own!.id)).status).toBe(303);
    expect([await page(), await doubtsOf(police.subject)]).toMatchObject([
      expect.not.stringContaining('not shown with this person any more'),
      [{ settled_as: 'withdrawn' }],
    ]);
  });

  it('needs two records, and is nobody’s who is restricted', async () => {
    const alone = await app.people.record();
    expect(textOf((await app.get(`/people/${alone.person}/doubt`)).text)).toContain('All that is shown here is from one record');
    expect((await doubt(app, alone.person, alone.subject)).status).toBe(404);
    const { person, police, known } = await storeJoined(app);
    await app.people.restrictByHand(known.subject);
    const absent = randomUUID();
    await app.giveReason(absent);
    const bytes = async (one: string) => {
      const [read, sent] = [await app.get(`/people/${one}/doubt`), await doubt(app, one, police.subject)];
      return [read.status, read.text.replaceAll(one, 'ID'), sent.status, sent.text.replaceAll(one, 'ID')];
    };
    expect(await bytes(person)).toEqual(await bytes(absent));
    expect(await doubtsOf(police.subject)).toEqual([]);
  });

  it('is of nobody’s whose record is opened past its restriction', async () => {
    const { person, known } = await storeJoined(app);
    await app.people.restrictByHand(known.subject);
    const priya = await Visitor.signedIn(app.url, 'priya.nair');
    await priya.submit('/restricted', { caseId: known.recordId, why: 'strategy-meeting', none: 'yes' });
    expect(await priya.read(`/people/${person}`)).not.toContain('Not the same person?');
    expect((await priya.open(`/people/${person}/doubt`)).status).toBe(404);
  });
});
