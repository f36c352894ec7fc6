/** An answer puts nothing right by itself: what stands under "put right" may be the old value. */
import { randomUUID } from 'node:crypto';
import { reportMissing } from '../../../../test/support/missing-reported.js';
import { problemIn } from '../../../../test/support/problems-reported.js';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const BEFORE = 'What is shown here of Mosaic is from before the report, so it may be the old value';
const BETWEEN = 'What is shown here of Mosaic is from between the report and this answer, so whether it is the new value is not known';
const SERVICE = 'childrens-social-care';
const saysFixed = async (problem: string) => {
  const { rows } = await app.people.pool.query<{ id: string }>('SELECT id FROM decided.problem_ask WHERE problem = $1', [problem]);
  const body = new URLSearchParams({ outcome: 'fixed' });
  const got = await app.send(`/problems/${rows[0]!.id}`, { method: 'POST', headers: await app.as('nora.finch'), body });
  expect(got.status).toBe(303);
};

describe('Where a source says that it is put right, a panel', () => {
  const record = () => app.people.record({ dateOfBirth: born('2015-05-12') });
  const mayBeOld = async (person: string) => {
    const { problems } = (await app.get(`/v1/people/${person}/services/${SERVICE}`)).body.result;
    return problems[0]!.asked.map(({ mayBeOldWords }: { mayBeOldWords: string | null }) => mayBeOldWords);
  };

  it('says that nothing has come since, until something has', async () => {
    const [{ person, subject }, another] = [await record(), await record()];
    const involvement = { involvementId: randomUUID(), teamPhone: '01632 960 738' };
    await app.people.involvement(subject, involvement);
    const problem = problemIn(await reportMissing(app, person, { category: 'wrong-phone' }, SERVICE));
    expect(await mayBeOld(person)).toEqual([null]);
    // Of somebody else, and of another service.
    await app.people.involvement(another.subject);
    await app.people.involvement(subject, { service: 'early-help' });
    await saysFixed(problem);
    expect(await mayBeOld(person)).toEqual([BEFORE]);
    const opened = async () => textOf((await app.get(`/people/${person}/services/${SERVICE}`)).text);
    expect(await opened()).toMatch(new RegExp(`it was wrong and is put right \\([^)]*\\)\\. ${BEFORE}\\.`));
    await app.people.involvement(subject, { ...involvement, teamPhone: '01632 960 739' });
    expect(await mayBeOld(person)).toEqual([null]);
    expect(await opened()).not.toContain('What is shown here of');
  });

  it('says so of all that it shows, whatever has come of another source or service since', async () => {
    const { person, subject } = await record();
    await app.people.involvement(subject, { involvementId: randomUUID() });
    await saysFixed(problemIn(await reportMissing(app, person, { category: 'other' }, SERVICE)));
    const other = await app.people.record({ person, source: 'liquidlogic', dateOfBirth: born('2015-05-12') });
    await app.people.involvement(other.subject, { source: 'liquidlogic' });
    await app.people.involvement(subject, { service: 'early-help' });
    expect(await mayBeOld(person)).toEqual([BEFORE]);
    // Closed or opened again, it has been stated as well.
    await app.people.pool.query(`UPDATE ${app.people.schema}.involvement SET status_at = $2 WHERE subject = $1`, [subject, Date.now()]);
    expect(await mayBeOld(person)).toEqual([null]);
  });

  it('says that it does not know, where something came before the answer', async () => {
    const { person, subject } = await record();
    const involvement = { involvementId: randomUUID() };
    await app.people.involvement(subject, involvement);
    const problem = problemIn(await reportMissing(app, person, { category: 'wrong-phone' }, SERVICE));
    await app.people.involvement(subject, involvement);
    await saysFixed(problem);
    expect(await mayBeOld(person)).toEqual([BETWEEN]);
  });

  it('says so of the worker who is meant, whatever has come of another since', async () => {
    const { person, subject } = await record();
    const [meant, other] = [
      { involvementId: randomUUID(), openedOn: '2024-01-02' },
      { involvementId: randomUUID(), openedOn: '2020-01-02' },
    ];
    for (const one of [meant, other]) await app.people.involvement(subject, one);
    const { involvements } = (await app.get(`/v1/people/${person}/services/${SERVICE}`)).body.result;
    const { id } = involvements.find(({ openedOn }: { openedOn: string | null }) => openedOn === meant.openedOn)!;
    await saysFixed(problemIn(await reportMissing(app, person, { category: 'wrong-phone', involvement: id }, SERVICE)));
    await app.people.involvement(subject, { ...other, teamPhone: '01632 960 739' });
    expect(await mayBeOld(person)).toEqual([BEFORE]);
    await app.people.involvement(subject, { ...meant, teamPhone: '01632 960 740' });
    expect(await mayBeOld(person)).toEqual([null]);
  });

  it('says nothing of it where one of two was taken back since', async () => {
    const { person, subject } = await record();
    const twice = { involvementId: randomUUID() };
    for (const one of [twice, { involvementId: randomUUID() }]) await app.people.involvement(subject, one);
    await saysFixed(problemIn(await reportMissing(app, person, { category: 'duplicate' }, SERVICE)));
    expect(await mayBeOld(person)).toEqual([BEFORE]);
    await app.people.involvement(subject, { ...twice, status: 'retracted' });
    expect(await mayBeOld(person)).toEqual([null]);
  });
});

it('Where a source says that a value is put right, the page says that it may be old as long as nothing has come since', async () => {
  const details = { recordId: '4711', dateOfBirth: born('2015-05-12'), addresses: [address('4 Mill Row', 'NB4 2QT')] };
  const { person, subject } = await app.people.record(details);
  await app.giveReason(person);
  const headers = { ...(await app.as('amara.okafor')), 'content-type': 'application/json' };
  const value = { kind: 'address', words: '4 Mill Row, NB4 2QT' };
  const body = JSON.stringify({ category: 'wrong-value', value });
  await saysFixed(problemIn(await app.send(`/v1/people/${person}/problems`, { method: 'POST', headers, body })));
  const mayBeOld = async () => (await app.get(`/v1/people/${person}`)).body.result.problems[0]!.asked[0]!.mayBeOldWords;
  expect(await mayBeOld()).toBe(BEFORE);
  expect(textOf((await app.get(`/people/${person}`)).text)).toContain(`${BEFORE}.`);
  await app.people.record({ ...details, person, subject });
  expect(await mayBeOld()).toBeNull();
  // Not shown any more, it is not old either.
  await app.people.record({ ...details, person, subject, addresses: [] });
  expect(await mayBeOld()).toBeNull();
});
