import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
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

  it('is beside one that has, and takes nothing from its “now”', async () => {
    const { subject, person } = await app.people.record();
    await app.people.involvement(subject, { openedOn: ahead });
    await app.people.involvement(subject, { openedOn: '2026-01-05' });
    expect(await wordsOf(person)).toBe('Involved now');
  });
});
