import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born } from '../../../../test/support/stored-people.js';
import { dayWords, londonDay } from '../day-words.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const DAY = 86_400_000;
const [today, ahead] = [londonDay(Date.now()), londonDay(Date.now() + 40 * DAY)];
const practitioner = {
  name: 'Priya Quill',
  role: null,
  phone: null,
  email: 'priya.quill@northbridge.example',
  outOfHoursPhone: null,
  outOfHoursName: null,
  readerId: 'amara.okafor',
};

const aChild = (date: string) => app.people.record({ dateOfBirth: born(date) });

const wordsOf = async (person: string) => {
  const { panels } = (await app.get(`/v1/people/${person}`)).body.result;
  return panels.find(({ service }) => service === 'childrens-social-care')!.state.words;
};

describe('An involvement whose end lies ahead', () => {
  it('is open until its day: on the panel, among the contacts, on the caseload', async () => {
    const { subject, person, recordId } = await app.people.record();
    await app.people.involvement(subject, { status: 'closed', closedOn: ahead, openedOn: '2026-01-05', practitioner });
    expect(await wordsOf(person)).toBe('Involved now');
    const opened = (await app.get(`/v1/people/${person}/services/childrens-social-care`)).body.result.involvements;
    expect(opened).toMatchObject([{ state: 'open', stateWords: 'Involved now', closedOn: ahead }]);
    expect(textOf((await app.get(`/people/${person}/services/childrens-social-care`)).text)).toContain(`Due to end ${dayWords(ahead)}`);
    expect((await app.get(`/v1/people/${person}/contacts`)).body.result.emails).toEqual(['priya.quill@northbridge.example']);
    expect(textOf((await app.get('/caseload')).text)).toContain(`Mosaic ${recordId}`);
  });

  it('has ended on its day, and comes after those that are open', async () => {
    const { subject, person } = await app.people.record();
    await app.people.involvement(subject, { status: 'closed', closedOn: today, involvementId: `a-${subject}` });
    expect(await wordsOf(person)).toBe(`Involved before, ended ${dayWords(today)}`);
    await app.people.involvement(subject, { status: 'closed', closedOn: ahead, involvementId: `b-${subject}` });
    const opened = (await app.get(`/v1/people/${person}/services/childrens-social-care`)).body.result.involvements;
    expect(opened.map(({ state }) => state)).toEqual(['open', 'closed']);
  });
});

describe('An involvement that has not begun', () => {
  it('says from when, and not “now”', async () => {
    const { subject, person } = await app.people.record();
    await app.people.involvement(subject, { openedOn: ahead, practitioner });
    const words = `Involved from ${dayWords(ahead)}`;
    expect(await wordsOf(person)).toBe(words);
    const page = textOf((await app.get(`/people/${person}/services/childrens-social-care`)).text);
    expect(page.split(words)).toHaveLength(3);
    expect(page).not.toMatch(/Involved (now|since)/);
    expect((await app.get(`/v1/people/${person}/contacts`)).body.result.rows).toMatchObject([{ stateWords: words }]);
  });

  it('keeps the address of its worker apart from those of who is involved now, unless they are that with another', async () => {
    const { subject, person } = await app.people.record();
    const anna = { ...practitioner, name: 'Anna Reed', email: 'anna.reed@northbridge.example' };
    await app.people.involvement(subject, { openedOn: ahead, practitioner });
    await app.people.involvement(subject, { openedOn: ahead, practitioner: { ...anna, email: null } });
    await app.people.involvement(subject, { openedOn: today, practitioner: anna });
    const contacts = async () => (await app.get(`/v1/people/${person}/contacts`)).body.result;
    expect(await contacts()).toMatchObject({
      emails: [anna.email],
      emailsToBegin: [practitioner.email],
      withoutEmail: 0,
      emailsToCheck: [],
    });
    const { text } = await app.get(`/people/${person}/contacts`);
    const listed = (id: string) => new RegExp(`<textarea[^>]*id="${id}"[^>]*>([^<]*)<`).exec(text)?.[1];
    expect([listed('emails'), listed('emails-to-begin')]).toEqual([anna.email, practitioner.email]);
    expect(textOf(text)).toContain('E-mail addresses of those who are not involved yet: from when is said above');
    await app.people.involvement(subject, { openedOn: '2026-01-05', practitioner: { ...practitioner, name: 'P. Quill' } });
    const { emails, emailsToBegin } = await contacts();
    expect([emails.toSorted(), emailsToBegin]).toEqual([[anna.email, practitioner.email], []]);
    expect((await app.get(`/people/${person}/contacts`)).text).not.toContain('emails-to-begin');
  });

  it('is beside one that has, and takes nothing from its “now”', async () => {
    const { subject, person } = await app.people.record();
    await app.people.involvement(subject, { openedOn: ahead });
    await app.people.involvement(subject, { openedOn: '2026-01-05' });
    expect(await wordsOf(person)).toBe('Involved now');
  });

  it('makes nobody who is involved now a contact from later on, of the same child or of a sibling', async () => {
    const [child, sister] = [await aChild('2014-05-12'), await aChild('2016-05-12')];
    await app.people.link(child.subject, sister.subject, 'sibling');
    const later = londonDay(Date.now() + 80 * DAY);
    for (const openedOn of [later, ahead]) await app.people.involvement(child.subject, { openedOn, practitioner });
    for (const openedOn of [ahead, '2026-01-05']) await app.people.involvement(sister.subject, { openedOn, practitioner });
    const { rows } = (await app.get(`/v1/people/${child.person}/contacts`)).body.result;
    const from = `Involved from ${dayWords(ahead)}`;
    expect(rows.map(({ stateWords, beginsOn }) => [stateWords, beginsOn])).toEqual([['Involved now', null]]);
    expect(rows[0]!.about.map((whom) => [whom.person, whom.stateWords])).toEqual([
      [sister.person, 'Involved now'],
      [child.person, from],
    ]);
    const page = textOf((await app.get(`/people/${child.person}/contacts`)).text);
    expect([page.split('Involved now').length, page.split(from).length]).toEqual([3, 2]);
  });
});
