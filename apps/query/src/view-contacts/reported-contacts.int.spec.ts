import { problemIn } from '../../../../test/support/problems-reported.js';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { listedBy, reportBy } from '../../../../test/support/report-by.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { born, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const worker = (name: string) => ({
  practitioner: {
    name,
    role: null,
    phone: '01632 960 441',
    email: mailOf(name),
    outOfHoursPhone: null,
    outOfHoursName: null,
    readerId: null,
  },
});
const mailOf = (name: string) => `${name.toLowerCase()}@northbridge.example`;

/** A child with whom Ann and Ben are involved, each named by a database of its own, and what stands of them on the contacts page. */
async function withTwoWorkers() {
  const { person, subject } = await people.record({ dateOfBirth: born('2014-05-12') });
  const other = await people.record({ source: 'liquidlogic', person, dateOfBirth: born('2014-05-12') });
  const ann = { involvementId: `M-${person}`, openedOn: '2026-03-03', ...worker('Ann') };
  await people.involvement(subject, ann);
  await people.involvement(other.subject, { source: 'liquidlogic', openedOn: '2025-02-01', ...worker('Ben') });
  const { involvements } = await listedBy(app, person);
  const idOf = (name: string) => involvements.find(({ contact }) => contact.name === name)!.id;
  const report = async (category: string, name?: string) =>
    problemIn(await reportBy(app, person, { category, ...(name && { involvement: idOf(name) }) }));
  const contacts = async () => {
    const { rows, emails, emailsToCheck } = (await app.get(`/v1/people/${person}/contacts`)).body.result;
    const reported = rows.map(({ contact, problems }) => [contact.name, problems.map(({ category }) => category)]);
    return { reported, emails, emailsToCheck };
  };
  return { person, subject, ann, report, contacts };
}

describe('What is reported to be wrong with a worker', () => {
  it('stands beside that worker among the contacts, as in the panel, and beside no other', async () => {
    const { person, report, contacts } = await withTwoWorkers();
    await report('wrong-phone', 'Ben');
    expect((await contacts()).reported).toEqual([
      ['Ann', []],
      ['Ben', ['wrong-phone']],
    ]);
    const text = textOf((await app.get(`/people/${person}/contacts`)).text);
    expect(text).toMatch(
      /Ben, Assessment East ben@northbridge\.example Problem reported \d+ \w+ \d+: the phone number is wrong\. LiquidLogic has/,
    );
    expect(text.match(/Problem reported/g)).toHaveLength(1);
    await report('wrong-details');
    await report('missing-involvement');
    expect((await contacts()).reported).toEqual([
      ['Ann', ['wrong-details']],
      ['Ben', ['wrong-details', 'wrong-phone']],
    ]);
  });

  it('is read of the whole family by one statement, and stands beside no worker of another of them', async () => {
    const { person, subject, report } = await withTwoWorkers();
    await report('wrong-phone', 'Ben');
    const statements = async () =>
      (await statementsSent(app.env.READ_MODEL_URL!, () => app.get(`/v1/people/${person}/contacts`))).filter((text) =>
        text.includes('problem_record'),
      );
    const alone = await statements();
    for (const name of ['Cat', 'Dan']) {
      const sibling = await people.record({ dateOfBirth: born('2015-05-12') });
      await people.link(subject, sibling.subject, 'sibling');
      await people.involvement(sibling.subject, { openedOn: '2026-03-03', ...worker(name) });
      problemIn(await reportBy(app, sibling.person, { category: name === 'Cat' ? 'wrong-person' : 'wrong-details' }));
    }
    const { rows } = (await app.get(`/v1/people/${person}/contacts`)).body.result;
    expect(Object.fromEntries(rows.map(({ contact, problems }) => [contact.name, problems.map(({ category }) => category)]))).toEqual({
      Ann: [],
      Ben: ['wrong-phone'],
      Cat: ['wrong-person'],
      Dan: ['wrong-details'],
    });
    expect([alone.length, await statements()]).toEqual([1, alone]);
  });

  it('keeps the address of one who has left from those to copy, and says so, until the source has said otherwise', async () => {
    const { person, report, contacts } = await withTwoWorkers();
    const problem = await report('worker-gone', 'Ann');
    expect(await contacts()).toMatchObject({ emails: [mailOf('Ben')], emailsToCheck: [mailOf('Ann')] });
    const text = textOf((await app.get(`/people/${person}/contacts`)).text);
    expect(text).toContain(
      'Not among the addresses to copy, because somebody has reported that the worker has left or that it has ended: ann@northbridge.example . Ring before you write there.',
    );
    await answered(problem, 'refused');
    expect(await contacts()).toMatchObject({ emails: [mailOf('Ann'), mailOf('Ben')], emailsToCheck: [] });
  });

  it('is of nobody else once that worker is not shown any more, and an answer alone brings no address back', async () => {
    const { subject, ann, report, contacts } = await withTwoWorkers();
    const problem = await report('ended-shown-as-current', 'Ann');
    await answered(problem, 'fixed');
    expect(await contacts()).toMatchObject({ emails: [mailOf('Ben')], emailsToCheck: [mailOf('Ann')] });
    await people.involvement(subject, { ...ann, status: 'retracted' });
    expect(await contacts()).toEqual({ reported: [['Ben', []]], emails: [mailOf('Ben')], emailsToCheck: [] });
  });
});

describe('What is reported of a worker’s involvement with one child', () => {
  it('takes their address from those to copy once it has ended with every child, or once they have left', async () => {
    const [child, sister, brother] = [await aChild('2014-05-12'), await aChild('2016-05-12'), await aChild('2012-05-12')];
    for (const { subject } of [sister, brother]) await people.link(child.subject, subject, 'sibling');
    for (const name of ['Ann', 'Ben']) {
      for (const { subject } of [child, sister]) await people.involvement(subject, worker(name));
      await people.involvement(brother.subject, { status: 'closed', closedOn: '2026-10-01', ...worker(name) });
    }
    const report = async (category: string, name: string, { person }: typeof child) => {
      const { involvements } = await listedBy(app, person);
      problemIn(await reportBy(app, person, { category, involvement: involvements.find(({ contact }) => contact.name === name)!.id }));
      const { emails, emailsToCheck } = (await app.get(`/v1/people/${child.person}/contacts`)).body.result;
      return [emails.toSorted(), emailsToCheck.toSorted()];
    };
    expect(await report('ended-shown-as-current', 'Ann', child)).toEqual([[mailOf('Ann'), mailOf('Ben')], []]);
    expect(await report('ended-shown-as-current', 'Ann', sister)).toEqual([[mailOf('Ben')], [mailOf('Ann')]]);
    expect(await report('worker-gone', 'Ben', sister)).toEqual([[], [mailOf('Ann'), mailOf('Ben')]]);
  });
});

const aChild = (date: string) => people.record({ dateOfBirth: born(date) });

async function answered(problem: string, outcome: string): Promise<void> {
  const { rows } = await people.pool.query<{ id: string }>('SELECT id FROM decided.problem_ask WHERE problem = $1', [problem]);
  const got = await app.sendForm(`/problems/${rows[0]!.id}`, { outcome, words: '' }, 'nora.finch');
  expect(got.status).toBe(303);
}
