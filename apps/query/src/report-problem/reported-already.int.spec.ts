/** What a reader has reported is not sent again while it waits: they are told so, and nothing that they typed is lost. */
import { answerMissing, reportMissing, sendMissing } from '../../../../test/support/missing-reported.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { listedBy, reportBy, sendReport } from '../../../../test/support/report-by.js';
import { address, born, madeUpName, name } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const child = async () => {
  const one = await app.people.record({ dateOfBirth: born('2014-05-12'), names: [name(madeUpName(), 'Tommy')], addresses: [address('4 Mill Row', 'NB4 2QT')] }); // prettier-ignore
  await app.people.involvement(one.subject);
  return one;
};
const saidOf = ({ status, text }: Got) => ({ status, ...(JSON.parse(text) as { problem: string; alreadySince: number | null }) });
const PHONE = { category: 'wrong-phone' };
const WORDS =
  /You reported this on \d+ \w{3} \d{4}, and it is with those who answer: nothing is sent again\. Mosaic has been asked and is to answer by \d+ \w{3} \d{4}\./;

describe('The same report of the same reader', () => {
  it('is sent once: a machine gets the first one’s id and since when it waits', async () => {
    const { person } = await child();
    const first = saidOf(await reportBy(app, person, PHONE));
    expect(first).toMatchObject({ status: 201, alreadySince: null });
    const again = await reportBy(app, person, { ...PHONE, words: 'Again' });
    const { problems } = await listedBy(app, person);
    expect(saidOf(again)).toEqual({ status: 200, problem: first.problem, alreadySince: problems[0]!.reportedAt });
    expect(problems.map(({ id }) => id)).toEqual([first.problem]);
    expect(await app.auditOf(again)).toMatchObject([
      { action: 'reported-problem', outcome: 'refused', person, shown: { ...PHONE, problem: first.problem, refused: 'reported-before' } },
    ]);
  });

  it('gives the reader the form back, kindly, with their words: as of something else they are sent', async () => {
    const { person } = await child();
    await sendReport(app, person, PHONE);
    const again = await sendReport(app, person, { ...PHONE, words: 'She has moved', named: 'yes' });
    expect([again.status, textOf(again.text)]).toEqual([409, expect.stringMatching(WORDS)]);
    expect(again.text).toMatch(/>She has moved<\/textarea>/);
    expect(again.text).toMatch(/name="named"[^>]*checked/);
    expect(again.text).not.toContain('There is a problem');
    expect((await sendReport(app, person, { category: 'worker-gone', words: 'She has moved' })).status).toBe(303);
    expect((await listedBy(app, person)).problems.map(({ category }) => category)).toEqual(['worker-gone', 'wrong-phone']);
  });

  it('is sent of another worker, by another reader, and anew once it is answered', async () => {
    const { person, subject } = await child();
    await app.people.involvement(subject, { openedOn: '2020-01-01' });
    const [one, other] = (await listedBy(app, person)).involvements;
    const first = saidOf(await reportBy(app, person, { ...PHONE, involvement: one!.id }));
    expect(saidOf(await reportBy(app, person, { ...PHONE, involvement: other!.id })).status).toBe(201);
    expect(saidOf(await reportBy(app, person, { ...PHONE, involvement: one!.id }, { reader: 'priya.nair' })).status).toBe(201);
    expect(saidOf(await reportBy(app, person, { ...PHONE, involvement: one!.id }))).toMatchObject({ status: 200, problem: first.problem });
    await answerMissing(app, first.problem, { outcome: 'refused' });
    expect(saidOf(await reportBy(app, person, { ...PHONE, involvement: one!.id })).status).toBe(201);
  });

  it('is not sent while one of two databases is still to answer', async () => {
    const { person } = await child();
    const other = await app.people.record({ source: 'liquidlogic', person, dateOfBirth: born('2014-05-12') });
    await app.people.involvement(other.subject, { source: 'liquidlogic', service: 'childrens-social-care' });
    const first = saidOf(await reportBy(app, person, { category: 'other' }));
    await answerMissing(app, first.problem, { outcome: 'refused' });
    const asked = (await listedBy(app, person)).problems[0]!.asked.map(({ outcome }) => outcome);
    expect([asked.length, new Set(asked)]).toEqual([2, new Set([null, 'refused'])]);
    // What waits for one is shown, however long ago the other has answered.
    await app.people.pool.query(
      `UPDATE decided.problem_answer SET answered_at = now() - interval '91 days' WHERE ask IN (SELECT id FROM decided.problem_ask WHERE problem = $1)`,
      [first.problem],
    );
    expect(saidOf(await reportBy(app, person, { category: 'other' }))).toMatchObject({ status: 200, problem: first.problem });
  });

  it('is sent where a database has come to be shown that was not asked', async () => {
    const { person } = await child();
    await reportBy(app, person, { category: 'other' });
    const other = await app.people.record({ source: 'liquidlogic', person, dateOfBirth: born('2014-05-12') });
    await app.people.involvement(other.subject, { source: 'liquidlogic', service: 'childrens-social-care' });
    expect(saidOf(await reportBy(app, person, { category: 'other' })).status).toBe(201);
  });

  it('of what is missing goes to the data analysts once', async () => {
    const { person } = await child();
    const first = saidOf(await reportMissing(app, person));
    expect(saidOf(await reportMissing(app, person))).toMatchObject({ status: 200, problem: first.problem });
    const page = await sendMissing(app, person, { words: 'At St Mary’s' });
    expect(textOf(page.text)).toContain('nothing is sent again. The data analysts have been asked and are to answer by ');
    expect(page.text).toContain('At St Mary’s');
    await answerMissing(app, first.problem, { outcome: 'more-needed' });
    expect(saidOf(await reportMissing(app, person)).status).toBe(201);
  });
});

describe('The same value', () => {
  const wrong = async (person: string, value: object, category = 'wrong-value') => {
    await app.giveReason(person);
    const headers = { ...(await app.as('amara.okafor')), 'content-type': 'application/json' };
    return app.send(`/v1/people/${person}/problems`, { method: 'POST', headers, body: JSON.stringify({ category, value }) });
  };
  const MILL = { kind: 'address', words: '4 Mill Row, NB4 2QT' };
  const BORN = { kind: 'date-of-birth', words: '12 May 2014' };

  it('is reported once, however it is written; another, or of another kind, is sent', async () => {
    const { person } = await child();
    const first = saidOf(await wrong(person, MILL));
    expect(saidOf(await wrong(person, { ...MILL, words: '4 mill row NB4 2QT' }))).toMatchObject({ status: 200, problem: first.problem });
    expect(saidOf(await wrong(person, BORN)).status).toBe(201);
    expect(saidOf(await wrong(person, MILL, 'out-of-date')).status).toBe(201);
    const fields = { value: `address:${MILL.words}`, category: 'wrong-value', words: 'They moved' };
    const headers = await app.as('amara.okafor');
    const page = await app.send(`/people/${person}/problem`, { method: 'POST', headers, body: new URLSearchParams(fields) });
    expect([page.status, textOf(page.text)]).toEqual([409, expect.stringMatching(WORDS)]);
    expect(page.text).toContain('They moved');
    const problems = (await app.get(`/v1/people/${person}`)).body.result.problems;
    expect(problems).toHaveLength(3);
  });
});
