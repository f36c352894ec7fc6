import { randomUUID } from 'node:crypto';
import { doubt } from '../../../../test/support/doubted-people.js';
import { askedOf, problemIn } from '../../../../test/support/problems-reported.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { atMillRow, childAtMillRow, MILL_ROW, problemsOf, reportValue, TOMMY, valuesOf } from '../../../../test/support/reported-value.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { address, born, name } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

describe('What must not be told', () => {
  it('of a source that is not shown, or not at this age: it is not named, not asked, and what it alone states can’t be reported', async () => {
    const { person } = await childAtMillRow(app);
    await app.people.record({
      person,
      source: 'niche',
      names: [name('Quarrington', 'Ada')],
      dateOfBirth: born('2012-05-12'),
      ...atMillRow,
    });
    const values = await valuesOf(app, person);
    expect(JSON.stringify(values)).not.toMatch(/Niche|QUARRINGTON/);
    const problem = problemIn(await reportValue(app, person));
    expect((await problemsOf(app, person))[0]!.asked.map(({ database }) => database)).toEqual(['Mosaic', 'Synergy']);
    const { rows } = await app.people.pool.query('SELECT source FROM decided.problem_ask WHERE problem = $1 ORDER BY 1', [problem]);
    expect(rows).toEqual([{ source: 'mosaic' }, { source: 'synergy' }]);
    const bytes = async (words: string) => {
      const { status, text } = await reportValue(app, person, { value: { kind: 'name', words } });
      return [status, text];
    };
    expect(await bytes('QUARRINGTON, Ada')).toEqual(await bytes('NOBODY, Ever'));
  });

  it('of a source put out of sight since, by a doubt: neither that it was asked nor what it states', async () => {
    const { person } = await app.people.record({ names: [name('Williams', 'Tommy')], dateOfBirth: born('1990-05-12') });
    const police = await app.people.record({
      person,
      source: 'niche',
      names: [name('Quarrington', 'Ada')],
      dateOfBirth: born('1990-05-12'),
    });
    await reportValue(app, person, { value: { kind: 'name', words: 'QUARRINGTON, Ada' } });
    await reportValue(app, person, { value: { kind: 'date-of-birth', words: '12 May 1990' } });
    const asked = async () => (await problemsOf(app, person)).flatMap((one) => one.asked.map(({ database }) => String(database))).sort();
    expect(await asked()).toEqual(['Mosaic', 'Niche', 'Niche']);
    expect((await doubt(app, person, police.subject)).status).toBe(303);
    expect(await asked()).toEqual(['Mosaic']);
  });

  it('a confidential address: it can’t be reported where any record hides it, and one hidden since is named nowhere, nor what was said of it', async () => {
    const one = await childAtMillRow(app);
    const problem = problemIn(await reportValue(app, one.person, { words: 'It is 12 Far Lane' }));
    const [toSynergy] = await askedOf(app, problem, 'sofia.marsh');
    await app.sendForm(`/problems/${toSynergy!.id}`, { outcome: 'answered', words: 'Yes, Far Lane' }, 'sofia.marsh');
    expect((await app.get(`/people/${one.person}`)).text).toContain('Far Lane');
    await app.people.record({
      ...TOMMY,
      subject: one.subject,
      person: one.person,
      recordId: one.recordId,
      addresses: [address('4 Mill Row', 'NB4 2QT', { confidential: true })],
    });
    expect(JSON.stringify(await valuesOf(app, one.person))).not.toContain('Mill');
    for (const path of [`/people/${one.person}`, `/v1/people/${one.person}`, `/people/${one.person}/problem`])
      expect((await app.get(path)).text).not.toMatch(/Mill|Far Lane/);
    expect((await reportValue(app, one.person)).status).toBe(404);
    expect(await askedOf(app, problem, 'nora.finch')).toMatchObject([{ value: { words: null } }, { value: { words: null } }]);
    expect(await askedOf(app, problem, 'sofia.marsh')).toMatchObject([{ value: { words: null }, words: null, answer: { words: null } }]);
  });

  it('somebody restricted: the same bytes as for nobody, by the same statements; restricted since, it is in no list', async () => {
    const [{ person: restricted }, absent, byHand] = [
      await childAtMillRow(app, { restriction: 'restricted' }),
      randomUUID(),
      await childAtMillRow(app),
    ];
    const problem = problemIn(await reportValue(app, byHand.person));
    await app.people.restrictByHand(byHand.subject);
    const all = async (person: string) => {
      await app.giveReason(person);
      const fields = new URLSearchParams({ value: `address:${MILL_ROW}`, category: 'other' });
      const got = [
        await app.get(`/people/${person}/problem`),
        await app.get(`/v1/people/${person}/values`),
        await app.send(`/people/${person}/problem`, { method: 'POST', headers: await app.as('amara.okafor'), body: fields }),
        await reportValue(app, person),
      ];
      return got.map(({ status, text }) => [status, text.replaceAll(person, 'ID')]);
    };
    const nobody = await all(absent);
    expect(nobody.map(([status]) => status)).toEqual([404, 404, 404, 404]);
    for (const person of [restricted, byHand.person]) expect(await all(person)).toEqual(nobody);
    const sentFor = async (person: string) => statementsSent(app.env.READ_MODEL_URL!, async () => void (await all(person)));
    expect(await sentFor(restricted)).toEqual(await sentFor(absent));
    for (const reader of ['sofia.marsh', 'nora.finch']) expect(await askedOf(app, problem, reader)).toEqual([]);
  });

  it('nor may it be reported of a record opened past its restriction', async () => {
    const { person, recordId } = await childAtMillRow(app, { restriction: 'restricted' });
    const priya = await Visitor.signedIn(app.url, 'priya.nair');
    await priya.submit('/restricted', { caseId: recordId, why: 'strategy-meeting', none: 'yes' });
    expect(await priya.read(`/people/${person}`)).not.toContain('Report what is wrong');
    expect((await priya.open(`/people/${person}/problem`)).status).toBe(404);
    const fields = { value: `address:${MILL_ROW}`, category: 'other' };
    expect((await priya.send(`/people/${person}/problem`, { method: 'POST', body: new URLSearchParams(fields) })).status).toBe(404);
  });

  it('somebody whom the reader has said to know', async () => {
    const { person, subject } = await childAtMillRow(app);
    await app.people.onCaseloadOf('amara.okafor', subject);
    await app.send(`/people/${person}/known`, {
      method: 'POST',
      headers: await app.as('amara.okafor'),
    });
    const got = await reportValue(app, person);
    expect([got.status, got.text.includes('Mill')]).toEqual([403, false]);
    const values = await app.getUnasked(`/v1/people/${person}/values`);
    expect([values.status, values.text.includes('Mill')]).toEqual([403, false]);
  });
});
