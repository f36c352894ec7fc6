import { textOf } from '../../../../test/support/pages.js';
import { askedOf, problemIn } from '../../../../test/support/problems-reported.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { childAtMillRow, MILL_ROW, problemsOf, reportValue, TOMMY } from '../../../../test/support/reported-value.js';
import { born, name } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

describe('A wrong address', () => {
  it('is reported from the person’s page, goes to every source that states it and to no other, and the page shows what they answer', async () => {
    const { person, recordId, synergy } = await childAtMillRow(app);
    const amara = await Visitor.signedIn(app.url, 'amara.okafor');
    const form = `/people/${person}/problem?search=abc`;
    expect(await amara.openWithReason(`/people/${person}?search=abc`)).toContain(`href="${form}">Report a problem with these details`);
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

    const [problem] = await problemsOf(app, person);
    const [toSynergy, ...others] = await askedOf(app, problem!.id, 'sofia.marsh');
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
    expect((await askedOf(app, problem!.id, 'nora.finch')).map(({ source, recordIds }) => [source, recordIds])).toEqual(
      expect.arrayContaining([
        ['mosaic', [recordId]],
        ['synergy', [synergy.recordId]],
      ]),
    );
    const its = await app.getUnasked(`/problems/${toSynergy!.id}`, 'sofia.marsh');
    expect(textOf(its.text)).toContain(MILL_ROW);
    expect(/<h1[^>]*>([^<]*)</.exec(its.text)![1]).toBe('Address: It is wrong');
    for (const telling of [person, recordId, 'Kiln', 'Williams', 'Amara']) expect(its.text).not.toContain(telling);
    await app.sendForm(`/problems/${toSynergy!.id}`, { outcome: 'fixed', words: 'The roll says so now' }, 'sofia.marsh');
    expect(textOf(await amara.read(`/people/${person}`))).toMatch(
      /Synergy says that it was wrong and is put right \([^)]*\): “The roll says so now”/,
    );
  });

  it('is on record with who reported it, before it is kept, without its words', async () => {
    const { person } = await childAtMillRow(app);
    const got = await reportValue(app, person, { words: 'Tommy moved' });
    expect([got.status, await app.auditOf(got)]).toMatchObject([
      201,
      [
        {
          action: 'reported-problem',
          outcome: 'done',
          reader: 'amara.okafor',
          person,
          reason: 'section-47',
          shown: { value: 'address', category: 'wrong-value', problem: problemIn(got), named: false },
        },
      ],
    ]);
    expect(JSON.stringify(await app.auditOf(got))).not.toMatch(/Mill|Tommy/);
    const { rows } = await app.people.pool.query('SELECT p::text AS text, sealed FROM decided.problem p WHERE id = $1', [problemIn(got)]);
    const [{ text, sealed }] = rows as [{ text: string; sealed: Buffer }];
    expect(`${text} ${sealed.toString('latin1')}`).not.toMatch(/amara|Tommy|Mill/i);
    expect(await app.auditOf(await app.get(`/people/${person}/problem`))).toMatchObject([
      { action: 'viewed-person', person, shown: { page: 'problem' } },
    ]);
  });

  it('is sent back with what to correct', async () => {
    const { person } = await childAtMillRow(app);
    await app.giveReason(person);
    const got = await app.sendForm(`/people/${person}/problem`, { words: 'x'.repeat(501) });
    expect(got.status).toBe(400);
    for (const words of ['Select which value it is', 'Select what is wrong', 'Enter 500 characters or fewer'])
      expect(got.text).toContain(words);
    expect((await reportValue(app, person, { category: 'worker-gone' })).status).toBe(400);
    expect((await reportValue(app, person, { value: { kind: 'phone', words: '1' } })).status).toBe(400);
    expect(await problemsOf(app, person)).toEqual([]);
  });

  it('that a source has put right is named no more, and its answer stands', async () => {
    const one = await childAtMillRow(app);
    const problem = problemIn(await reportValue(app, one.person));
    const putRight = ({ subject, recordId }: typeof one.synergy, source: string) =>
      app.people.record({ ...TOMMY, subject, recordId, person: one.person, source, addresses: [] });
    await putRight(one.synergy, 'synergy');
    expect(await problemsOf(app, one.person)).toMatchObject([{ id: problem, value: { kind: 'address', words: MILL_ROW } }]);
    expect(await askedOf(app, problem, 'sofia.marsh')).toMatchObject([{ value: { words: null } }]);
    await putRight(one, 'mosaic');
    expect(await problemsOf(app, one.person)).toMatchObject([{ id: problem, value: { kind: 'address', words: null } }]);
  });
});

it('A name and a date of birth go to those that state them, also where another is believed first', async () => {
  const { person } = await childAtMillRow(app);
  await app.people.record({ person, source: 'insight', names: [name('Wiliams', 'Tom')], dateOfBirth: born('2012-05-13') });
  await app.people.record({ person, source: 'liquidlogic', names: [name('Wiliams', 'Tom')], dateOfBirth: born('2012-05-12') });
  const asks = async (kind: string, words: string) => {
    const problem = problemIn(await reportValue(app, person, { value: { kind, words } }));
    return (await problemsOf(app, person)).find(({ id }) => id === problem)!.asked.map(({ database }) => database);
  };
  expect(await asks('name', 'WILIAMS, Tom')).toEqual(['LiquidLogic']);
  expect(await asks('date-of-birth', '12 May 2012')).toHaveLength(4);
});
