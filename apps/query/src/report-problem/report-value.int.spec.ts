import { randomUUID } from 'node:crypto';
import { doubt } from '../../../../test/support/doubted-people.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { address, born, madeUpName, name } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';
import type { ProblemAsked } from '../answer-problems/problem-asked.js';
import type { ProblemShown } from './problem-shown.js';
import type { ValuesToReport } from './report-value.query.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const MILL_ROW = '4 Mill Row, NB4 2QT';
const TOMMY = { names: [name('Williams', 'Tommy')], dateOfBirth: born('2012-05-12') };
/** Nobody else’s name: whoever may be a restricted person, or one a reader knows, is hidden with them. */
const somebody = () => ({ ...TOMMY, names: [name(madeUpName(), 'Tommy')] });
const atMillRow = { addresses: [address('4 Mill Row', 'NB4 2QT')] };

/** A child whom Mosaic and Synergy have at one address, the cluster lists at another. */
const child = async (mosaic: object = {}) => {
  const who = somebody();
  const one = await app.people.record({ ...who, ...atMillRow, ...mosaic });
  const { person } = one;
  const synergy = await app.people.record({ person, source: 'synergy', ...who, ...atMillRow });
  await app.people.record({
    person,
    source: 'cluster-lists',
    ...who,
    addresses: [address('9 Kiln Way', 'NB1 1AA')],
  });
  return { ...one, synergy };
};
const MILL = { kind: 'address', words: MILL_ROW };
const report = async (person: string, body: object = {}, reader = 'amara.okafor'): Promise<Got> => {
  await app.giveReason(person, reader);
  return app.send(`/v1/people/${person}/problems`, {
    method: 'POST',
    headers: { ...(await app.as(reader)), 'content-type': 'application/json' },
    body: JSON.stringify({ category: 'wrong-value', value: MILL, ...body }),
  });
};
const idOf = (got: Got) => (JSON.parse(got.text) as { problem: string }).problem;
const resultOf = ({ text }: Got) => (JSON.parse(text) as { result: unknown }).result;
const valuesOf = async (person: string) => (resultOf(await app.get(`/v1/people/${person}/values`)) as ValuesToReport).values;
const problemsOf = async (person: string) => (resultOf(await app.get(`/v1/people/${person}`)) as { problems: ProblemShown[] }).problems;
const askedOf = async (problem: string, reader: string) => {
  const { rows } = await app.people.pool.query('SELECT id FROM decided.problem_ask WHERE problem = $1', [problem]);
  const ids = (rows as { id: string }[]).map(({ id }) => id);
  return (resultOf(await app.getUnasked('/v1/problems', reader)) as ProblemAsked[]).filter(({ id }) => ids.includes(id));
};

describe('A wrong address', () => {
  it('is reported from the person’s page, goes to every source that states it and to no other, and the page shows what they answer', async () => {
    const { person, recordId, synergy } = await child();
    const amara = new Visitor(app.url);
    await amara.signIn('amara.okafor');
    const form = `/people/${person}/problem?search=abc`;
    expect(await amara.openWithReason(`/people/${person}?search=abc`)).toContain(`href="${form}">Report what is wrong in these details`);
    const asked = textOf(await amara.read(form));
    for (const words of [`Address: ${MILL_ROW}`, 'From Mosaic and Synergy', 'Write no case notes']) expect(asked).toContain(words);
    const fields = { value: `address:${MILL_ROW}`, category: 'wrong-value', words: 'They moved to Leeds' };
    const sent = await amara.send(form, { method: 'POST', body: new URLSearchParams(fields) });
    const leadsTo = sent.headers.get('location')!;
    expect([sent.status, leadsTo]).toEqual([303, expect.stringMatching(`^/people/${person}\\?search=abc&sent=[0-9a-f-]{36}$`)]);
    expect(textOf(await amara.read(leadsTo))).toMatch(
      /The report has been sent to those who answer for (Mosaic and Synergy|Synergy and Mosaic)\./,
    );
    const page = textOf(await amara.read(`/people/${person}`));
    expect(page).toMatch(/Problem with an address \(4 Mill Row, NB4 2QT\) reported \d+ \w{3} \d{4}: it is wrong\./);
    for (const database of ['Mosaic', 'Synergy']) expect(page).toContain(`${database} has been asked and is to answer by `);
    expect(page).not.toMatch(/Cluster lists has been asked|Leeds/);

    const [problem] = await problemsOf(person);
    const [toSynergy, ...others] = await askedOf(problem!.id, 'sofia.marsh');
    expect([toSynergy, others]).toMatchObject([
      {
        source: 'synergy',
        service: null,
        value: { kind: 'address', words: MILL_ROW },
        recordIds: [synergy.recordId],
        reporter: null,
        words: 'They moved to Leeds',
      },
      [],
    ]);
    expect((await askedOf(problem!.id, 'nora.finch')).map(({ source, recordIds }) => [source, recordIds])).toEqual(
      expect.arrayContaining([
        ['mosaic', [recordId]],
        ['synergy', [synergy.recordId]],
      ]),
    );
    const its = await app.getUnasked(`/problems/${toSynergy!.id}`, 'sofia.marsh');
    expect(textOf(its.text)).toContain(MILL_ROW);
    for (const telling of [person, recordId, 'Kiln', 'Williams', 'Amara']) expect(its.text).not.toContain(telling);
    await app.send(`/problems/${toSynergy!.id}`, {
      method: 'POST',
      headers: await app.as('sofia.marsh'),
      body: new URLSearchParams({ outcome: 'fixed', words: 'The roll says so now' }),
    });
    expect(textOf(await amara.read(`/people/${person}`))).toMatch(
      /Synergy says that it was wrong and is put right \([^)]*\): “The roll says so now”/,
    );
  });

  it('is on record with who reported it, before it is kept, without its words', async () => {
    const { person } = await child();
    const got = await report(person, { words: 'Tommy moved' });
    expect([got.status, await app.auditOf(got)]).toMatchObject([
      201,
      [
        {
          action: 'reported-problem',
          outcome: 'done',
          reader: 'amara.okafor',
          person,
          reason: 'section-47',
          shown: { value: 'address', category: 'wrong-value', problem: idOf(got), named: false },
        },
      ],
    ]);
    expect(JSON.stringify(await app.auditOf(got))).not.toMatch(/Mill|Tommy/);
    const { rows } = await app.people.pool.query('SELECT p::text AS text, sealed FROM decided.problem p WHERE id = $1', [idOf(got)]);
    const [{ text, sealed }] = rows as [{ text: string; sealed: Buffer }];
    expect(`${text} ${sealed.toString('latin1')}`).not.toMatch(/amara|Tommy|Mill/i);
    expect(await app.auditOf(await app.get(`/people/${person}/problem`))).toMatchObject([
      { action: 'viewed-person', person, shown: { page: 'problem' } },
    ]);
  });

  it('is sent back with what to correct', async () => {
    const { person } = await child();
    await app.giveReason(person);
    const got = await app.send(`/people/${person}/problem`, {
      method: 'POST',
      headers: await app.as('amara.okafor'),
      body: new URLSearchParams({ words: 'x'.repeat(501) }),
    });
    expect(got.status).toBe(400);
    for (const words of ['Select which value it is', 'Select what is wrong', 'Enter 500 characters or fewer'])
      expect(got.text).toContain(words);
    expect((await report(person, { category: 'worker-gone' })).status).toBe(400);
    expect((await report(person, { value: { kind: 'phone', words: '1' } })).status).toBe(400);
    expect(await problemsOf(person)).toEqual([]);
  });

  it('that a source has put right is named no more, and its answer stands', async () => {
    const one = await child();
    const problem = idOf(await report(one.person));
    const putRight = ({ subject, recordId }: typeof one.synergy, source: string) =>
      app.people.record({ ...TOMMY, subject, recordId, person: one.person, source, addresses: [] });
    await putRight(one.synergy, 'synergy');
    expect(await problemsOf(one.person)).toMatchObject([{ id: problem, value: { kind: 'address', words: MILL_ROW } }]);
    expect(await askedOf(problem, 'sofia.marsh')).toMatchObject([{ value: { words: null } }]);
    await putRight(one, 'mosaic');
    expect(await problemsOf(one.person)).toMatchObject([{ id: problem, value: { kind: 'address', words: null } }]);
  });
});

it('A name and a date of birth go to those that state them, also where another is believed first', async () => {
  const { person } = await child();
  await app.people.record({ person, source: 'insight', names: [name('Wiliams', 'Tom')], dateOfBirth: born('2012-05-13') });
  await app.people.record({ person, source: 'liquidlogic', names: [name('Wiliams', 'Tom')], dateOfBirth: born('2012-05-12') });
  const asks = async (kind: string, words: string) => {
    const problem = idOf(await report(person, { value: { kind, words } }));
    return (await problemsOf(person)).find(({ id }) => id === problem)!.asked.map(({ database }) => database);
  };
  expect(await asks('name', 'WILIAMS, Tom')).toEqual(['LiquidLogic']);
  expect(await asks('date-of-birth', '12 May 2012')).toHaveLength(4);
});

describe('What must not be told', () => {
  it('of a source that is not shown, or not at this age: it is not named, not asked, and what it alone states can’t be reported', async () => {
    const { person } = await child();
    await app.people.record({
      person,
      source: 'niche',
      names: [name('Quarrington', 'Ada')],
      dateOfBirth: born('2012-05-12'),
      ...atMillRow,
    });
    const values = await valuesOf(person);
    expect(JSON.stringify(values)).not.toMatch(/Niche|QUARRINGTON/);
    const problem = idOf(await report(person));
    expect((await problemsOf(person))[0]!.asked.map(({ database }) => database)).toEqual(['Mosaic', 'Synergy']);
    const { rows } = await app.people.pool.query('SELECT source FROM decided.problem_ask WHERE problem = $1 ORDER BY 1', [problem]);
    expect(rows).toEqual([{ source: 'mosaic' }, { source: 'synergy' }]);
    const bytes = async (words: string) => {
      const { status, text } = await report(person, { value: { kind: 'name', words } });
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
    await report(person, { value: { kind: 'name', words: 'QUARRINGTON, Ada' } });
    await report(person, { value: { kind: 'date-of-birth', words: '12 May 1990' } });
    const asked = async () => (await problemsOf(person)).flatMap((one) => one.asked.map(({ database }) => String(database))).sort();
    expect(await asked()).toEqual(['Mosaic', 'Niche', 'Niche']);
    expect((await doubt(app, person, police.subject)).status).toBe(303);
    expect(await asked()).toEqual(['Mosaic']);
  });

  it('a confidential address: it can’t be reported where any record hides it, and one hidden since is named nowhere, nor what was said of it', async () => {
    const one = await child();
    const problem = idOf(await report(one.person, { words: 'It is 12 Far Lane' }));
    const [toSynergy] = await askedOf(problem, 'sofia.marsh');
    await app.send(`/problems/${toSynergy!.id}`, { method: 'POST', headers: await app.as('sofia.marsh'), body: new URLSearchParams({ outcome: 'answered', words: 'Yes, Far Lane' }) }); // prettier-ignore
    expect((await app.get(`/people/${one.person}`)).text).toContain('Far Lane');
    await app.people.record({
      ...TOMMY,
      subject: one.subject,
      person: one.person,
      recordId: one.recordId,
      addresses: [address('4 Mill Row', 'NB4 2QT', { confidential: true })],
    });
    expect(JSON.stringify(await valuesOf(one.person))).not.toContain('Mill');
    for (const path of [`/people/${one.person}`, `/v1/people/${one.person}`, `/people/${one.person}/problem`])
      expect((await app.get(path)).text).not.toMatch(/Mill|Far Lane/);
    expect((await report(one.person)).status).toBe(404);
    expect(await askedOf(problem, 'nora.finch')).toMatchObject([{ value: { words: null } }, { value: { words: null } }]);
    expect(await askedOf(problem, 'sofia.marsh')).toMatchObject([{ value: { words: null }, words: null, answer: { words: null } }]);
  });

  it('somebody restricted: the same bytes as for nobody, by the same statements; restricted since, it is in no list', async () => {
    const [{ person: restricted }, absent, byHand] = [await child({ restriction: 'restricted' }), randomUUID(), await child()];
    const problem = idOf(await report(byHand.person));
    await app.people.restrictByHand(byHand.subject);
    const all = async (person: string) => {
      await app.giveReason(person);
      const fields = new URLSearchParams({ value: `address:${MILL_ROW}`, category: 'other' });
      const got = [
        await app.get(`/people/${person}/problem`),
        await app.get(`/v1/people/${person}/values`),
        await app.send(`/people/${person}/problem`, { method: 'POST', headers: await app.as('amara.okafor'), body: fields }),
        await report(person),
      ];
      return got.map(({ status, text }) => [status, text.replaceAll(person, 'ID')]);
    };
    const nobody = await all(absent);
    expect(nobody.map(([status]) => status)).toEqual([404, 404, 404, 404]);
    for (const person of [restricted, byHand.person]) expect(await all(person)).toEqual(nobody);
    const sentFor = async (person: string) => statementsSent(app.env.READ_MODEL_URL!, async () => void (await all(person)));
    expect(await sentFor(restricted)).toEqual(await sentFor(absent));
    for (const reader of ['sofia.marsh', 'nora.finch']) expect(await askedOf(problem, reader)).toEqual([]);
  });

  it('nor may it be reported of a record opened past its restriction', async () => {
    const { person, recordId } = await child({ restriction: 'restricted' });
    const priya = new Visitor(app.url);
    await priya.signIn('priya.nair');
    await priya.submit('/restricted', { caseId: recordId, why: 'strategy-meeting', none: 'yes' });
    expect(await priya.read(`/people/${person}`)).not.toContain('Report what is wrong');
    expect((await priya.open(`/people/${person}/problem`)).status).toBe(404);
    const fields = { value: `address:${MILL_ROW}`, category: 'other' };
    expect((await priya.send(`/people/${person}/problem`, { method: 'POST', body: new URLSearchParams(fields) })).status).toBe(404);
  });

  it('somebody whom the reader has said to know', async () => {
    const { person, subject } = await child();
    await app.people.onCaseloadOf('amara.okafor', subject);
    await app.send(`/people/${person}/known`, {
      method: 'POST',
      headers: await app.as('amara.okafor'),
    });
    const got = await report(person);
    expect([got.status, got.text.includes('Mill')]).toEqual([403, false]);
    const values = await app.getUnasked(`/v1/people/${person}/values`);
    expect([values.status, values.text.includes('Mill')]).toEqual([403, false]);
  });
});
