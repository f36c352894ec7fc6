import { randomUUID } from 'node:crypto';
import { reportMissing, sendMissing } from '../../../../test/support/missing-reported.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { born } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const pupil = () => app.people.record({ dateOfBirth: born('2015-05-12') });
const codeOf = ({ text }: Got) => (JSON.parse(text) as { type: string }).type.split(':').at(-1);
const atSchool = { source: 'synergy', service: 'school' as const };

describe('A panel that has changed since the form was shown', () => {
  it('has its reader look again, with what they typed: nobody is asked whom the form did not name', async () => {
    const { person, subject } = await pupil();
    const involvement = { ...atSchool, involvementId: randomUUID() };
    const typed = { words: 'At St Mary’s', named: 'yes' };
    await app.people.involvement(subject, involvement);
    const arrived = await sendMissing(app, person, typed);
    await app.people.involvement(subject, { ...involvement, status: 'retracted' });
    const gone = await sendMissing(app, person, { ...typed, analystsAlone: 'no', category: 'worker-gone' });
    for (const [got, goesTo] of [
      [arrived, 'to those who answer for Synergy'],
      [gone, 'to the data analysts alone'],
    ] as const) {
      const text = textOf(got.text);
      expect([got.status, await app.auditOf(got)]).toMatchObject([400, [{ action: 'reported-problem', outcome: 'nothing-found' }, {}]]);
      for (const words of ['The panel has changed since you opened this form', goesTo, 'At St Mary’s']) expect(text).toContain(words);
      expect(got.text).toMatch(/name="named"[^>]*checked/);
    }
    expect(gone.text).not.toMatch(/name="category"[^>]*checked/);
    const { rows } = await app.people.pool.query('SELECT FROM decided.problem_record WHERE subject = $1', [subject]);
    expect(rows).toEqual([]);
  });

  it('is told to a machine that says what it was told, and to no other', async () => {
    const { person, subject } = await pupil();
    const wrong = await reportMissing(app, person, { analystsAlone: false });
    expect([wrong.status, codeOf(wrong)]).toEqual([409, 'panel-changed']);
    expect((await reportMissing(app, person, { analystsAlone: true })).status).toBe(201);
    await app.people.involvement(subject, atSchool);
    const arrived = await reportMissing(app, person, { analystsAlone: true });
    expect([arrived.status, codeOf(arrived)]).toEqual([409, 'panel-changed']);
    expect((await reportMissing(app, person, { analystsAlone: false })).status).toBe(201);
    expect((await reportMissing(app, person, { category: 'other' })).status).toBe(201);
  });
});
