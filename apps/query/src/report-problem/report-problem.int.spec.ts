import { randomUUID } from 'node:crypto';
import { anotherGeneration } from '../../../../test/support/another-generation.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { Visitor } from '../../../../test/support/visitor.js';

const SERVICE = 'childrens-social-care';
let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const involved = async (o: { restriction?: 'restricted' } = {}) => {
  const child = await app.people.record(o);
  await app.people.involvement(child.subject, { team: 'Assessment West' });
  return child;
};
const report = async (
  person: string,
  body: object = { category: 'wrong-phone' },
  reader = 'amara.okafor',
  service = SERVICE,
): Promise<Got> => {
  await app.giveReason(person, reader);
  const headers = { ...(await app.as(reader)), 'content-type': 'application/json' };
  return app.send(`/v1/people/${person}/services/${service}/problems`, { method: 'POST', headers, body: JSON.stringify(body) });
};
const panelOf = async (person: string) => (await app.get(`/v1/people/${person}/services/${SERVICE}`)).body.result;
const problemsOf = async (person: string) => (await panelOf(person)).problems;
const idOf = (got: Got) => (JSON.parse(got.text) as { problem: string }).problem;

describe('Reporting a problem', () => {
  it('starts at the opened panel, and ends there: what is wrong, and that its source has been asked', async () => {
    const { person } = await involved();
    const amara = new Visitor(app.url);
    await amara.signIn('amara.okafor');
    const page = await amara.openWithReason(`/people/${person}/services/${SERVICE}?search=abc`);
    const form = `/people/${person}/panels/${SERVICE}/problem?search=abc`;
    expect(page).toContain(`href="${form}">Report a problem with this record`);
    const asked = textOf(await amara.read(form));
    expect(asked).toContain('Write no case notes');
    expect(asked).toContain('My name and team may be given to the source');
    const sent = await amara.send(form, { method: 'POST', body: new URLSearchParams({ category: 'worker-gone', words: 'Now it is Ann' }) });
    const leadsTo = sent.headers.get('location')!;
    expect([sent.status, leadsTo]).toEqual([
      303,
      expect.stringMatching(`^/people/${person}/services/${SERVICE}\\?search=abc&sent=[0-9a-f-]{36}#${SERVICE}$`),
    ]);
    expect(textOf(await amara.read(leadsTo))).toContain('The report has been sent to those who answer for Mosaic.');
    const madeUp = leadsTo.replace(/sent=[0-9a-f-]*/, `sent=${randomUUID()}`);
    expect(textOf(await amara.read(madeUp))).not.toContain('has been sent');
    const shown = textOf(await amara.read(`/people/${person}/services/${SERVICE}`));
    expect(shown).toMatch(/Problem reported \d+ \w{3} \d{4}: the worker has left or changed\./);
    expect(shown).toContain('Mosaic has been asked and is to answer by ');
    expect(shown).not.toMatch(/Ann|Amara Okafor reported/);
    expect(textOf(await amara.read(`/people/${person}`))).not.toContain('Problem reported');
  });

  it('is sent back with what to correct where nothing was chosen, or too much written', async () => {
    const { person } = await involved();
    await app.giveReason(person);
    const got = await app.send(`/people/${person}/panels/${SERVICE}/problem`, {
      method: 'POST',
      headers: await app.as('amara.okafor'),
      body: new URLSearchParams({ words: 'x'.repeat(501) }),
    });
    expect(got.status).toBe(400);
    for (const words of ['Select what is wrong', 'Enter 500 characters or fewer', 'x'.repeat(501)]) expect(got.text).toContain(words);
    const machine = await report(person, { category: 'gossip' });
    expect([machine.status, JSON.parse(machine.text)]).toMatchObject([400, { problems: [{ pointer: '/category' }] }]);
    expect(await problemsOf(person)).toEqual([]);
  });

  it('is on record with who reported it, before it is kept, and with no word of theirs', async () => {
    const { person, subject } = await involved();
    const got = await report(person, { category: 'other', words: 'Tommy moved' });
    expect([got.status, await app.auditOf(got)]).toMatchObject([
      201,
      [
        {
          action: 'reported-problem',
          outcome: 'done',
          reader: 'amara.okafor',
          person,
          subjects: [subject],
          reason: 'section-47',
          typed: false,
          shown: { service: SERVICE, category: 'other', problem: idOf(got), sources: ['mosaic'], named: false },
        },
      ],
    ]);
  });

  it('opening the form is on record as an opened panel', async () => {
    const { person } = await involved();
    const got = await app.get(`/people/${person}/panels/${SERVICE}/problem`);
    expect((await app.auditOf(got))[0]).toMatchObject({ action: 'opened-panel', outcome: 'done', person });
  });

  it('goes to every source behind the panel, and to no other', async () => {
    const { person, subject } = await involved();
    const other = await app.people.record({ person, source: 'cluster-lists' });
    await app.people.involvement(other.subject, { source: 'cluster-lists', service: SERVICE });
    await app.people.involvement(subject, { service: 'early-help' });
    const problem = idOf(await report(person, { category: 'other' }));
    expect((await problemsOf(person))[0]!.asked.map(({ database }) => database)).toEqual(['Cluster lists', 'Mosaic']);
    const { rows } = await app.people.pool.query('SELECT subject FROM decided.problem_record WHERE problem = $1 ORDER BY 1', [problem]);
    expect(rows.map((row) => (row as { subject: string }).subject)).toEqual([subject, other.subject].sort());
  });

  it('keeps words and an agreed name sealed, and nothing else of who reported it', async () => {
    const { person } = await involved();
    const problem = idOf(await report(person, { category: 'other', words: 'Tommy Williams moved', named: true }));
    const { rows } = await app.people.pool.query('SELECT p::text AS text, sealed FROM decided.problem p WHERE id = $1', [problem]);
    const [{ text, sealed }] = rows as [{ text: string; sealed: Buffer }];
    expect(`${text} ${sealed.toString('latin1')}`).not.toMatch(/amara|okafor|Tommy|Williams/i);
  });

  it('needs a reason like any look, and no role without families may', async () => {
    const { person } = await involved();
    const path = `/people/${person}/panels/${SERVICE}/problem`;
    const asked = await app.getUnasked(path);
    expect([asked.status, asked.headers.get('location')]).toEqual([303, `/people/${person}/reason?to=${encodeURIComponent(path)}`]);
    const denied = await report(person, undefined, 'sofia.marsh');
    expect([denied.status, await app.auditOf(denied)]).toMatchObject([403, [{ action: 'reported-problem', outcome: 'denied' }]]);
  });

  it('leads on to the id used now', async () => {
    const [{ person }, retired] = [await involved(), randomUUID()];
    await app.people.redirect(retired, person);
    const got = await app.get(`/people/${retired}/panels/${SERVICE}/problem`);
    expect([got.status, got.headers.get('location')]).toEqual([303, `/people/${person}/panels/${SERVICE}/problem`]);
  });

  it('that one of several records is of the wrong person asks no source, but the reader which it is', async () => {
    const { person } = await involved();
    await app.people.record({ person, source: 'liquidlogic' });
    const machine = await report(person, { category: 'wrong-person' });
    expect([machine.status, await app.auditOf(machine)]).toMatchObject([409, [{ action: 'reported-problem', outcome: 'nothing-found' }]]);
    const headers = await app.as('amara.okafor');
    const body = new URLSearchParams({ category: 'wrong-person' });
    const got = await app.send(`/people/${person}/panels/${SERVICE}/problem?search=abc`, { method: 'POST', headers, body });
    expect([got.status, got.headers.get('location')]).toEqual([303, `/people/${person}/doubt?search=abc`]);
    expect(await problemsOf(person)).toEqual([]);
  });

  it('that this is the wrong person warns whoever opens the panel', async () => {
    const { person } = await involved();
    await report(person, { category: 'wrong-person' });
    const page = await app.get(`/people/${person}/services/${SERVICE}`);
    expect(textOf(page.text)).toContain('Somebody has reported that this may be the wrong person.');
  });
});

describe('A problem reported', () => {
  it('stays through a re-feed, a re-keyed record, a merge and the split after it', async () => {
    const { person, subject, recordId } = await involved();
    const problem = idOf(await report(person));
    const on = async (one: string) => (await problemsOf(one)).map(({ id }) => id);
    await app.people.record({ subject, person, recordId });
    expect(await on(person)).toEqual([problem]);
    const other = await app.people.record({ source: 'liquidlogic' });
    await app.people.assign(subject, other.person);
    expect(await on(other.person)).toEqual([problem]);
    const apart = randomUUID();
    await app.people.assign(subject, apart);
    expect(await on(apart)).toEqual([problem]);
    expect(await on(other.person)).toEqual([]);
    const successor = await app.people.record({ recordId: `${recordId}9` });
    await app.people.record({ subject, person: apart, recordId, replacedBy: successor.subject, replacedAt: 3 });
    expect(await on(successor.person)).toEqual([problem]);
  });

  it('stays in another generation', async () => {
    const { person } = await involved();
    const problem = idOf(await report(person));
    await anotherGeneration(app.people.pool, async () => {
      const got = await app.get(`/v1/people/${person}/services/${SERVICE}`);
      expect([got.body.generation, got.body.result.problems.map(({ id }) => id)]).toEqual([2, [problem]]);
    });
  });

  it('stands on the panel of its own service alone', async () => {
    const { person, subject } = await involved();
    await app.people.involvement(subject, { source: 'cluster-lists', service: 'early-help' });
    await report(person);
    expect((await app.get(`/v1/people/${person}/services/early-help`)).body.result.problems).toEqual([]);
  });
});

describe('Of somebody restricted, or of a service that is not shown,', () => {
  const asPage = async (person: string, service = SERVICE) =>
    app.send(`/people/${person}/panels/${service}/problem`, {
      method: 'POST',
      headers: await app.as('amara.okafor'),
      body: new URLSearchParams({ category: 'other' }),
    });
  const bytes = ({ status, text }: Got, person: string) => [status, text.replaceAll(person, 'ID')];

  it('nothing can be reported: the same bytes as for nobody, by the same statements', async () => {
    const [{ person: restricted }, absent] = [await involved({ restriction: 'restricted' }), randomUUID()];
    const byHand = await involved();
    await app.people.restrictByHand(byHand.subject);
    const all = async (person: string) => [
      bytes(await app.get(`/people/${person}/panels/${SERVICE}/problem`), person),
      bytes(await asPage(person), person),
      bytes(await report(person), person),
    ];
    const nobody = await all(absent);
    expect(nobody.map(([status]) => status)).toEqual([404, 404, 404]);
    for (const one of [restricted, byHand.person]) expect(await all(one)).toEqual(nobody);
    const sentFor = async (person: string) => statementsSent(app.env.READ_MODEL_URL!, async () => void (await all(person)));
    expect(await sentFor(restricted)).toEqual(await sentFor(absent));
    const { rows } = await app.people.pool.query('SELECT FROM decided.problem_record WHERE subject = $1', [byHand.subject]);
    expect(rows).toEqual([]);
  });

  it('nor by whoever has opened the record past its restriction', async () => {
    const { person, recordId } = await involved({ restriction: 'restricted' });
    const priya = new Visitor(app.url);
    await priya.signIn('priya.nair');
    await priya.submit('/restricted', { caseId: recordId, why: 'strategy-meeting', none: 'yes' });
    const page = await priya.read(`/people/${person}/services/${SERVICE}`);
    expect(page).toContain('data-opened');
    expect(page).not.toContain('Report a problem');
    const form = `/people/${person}/panels/${SERVICE}/problem`;
    expect((await priya.open(form)).status).toBe(404);
    expect((await priya.send(form, { method: 'POST', body: new URLSearchParams({ category: 'other' }) })).status).toBe(404);
  });

  it('nor with a panel that does not open', async () => {
    const { person, subject } = await involved();
    await app.people.involvement(subject, { service: 'drug-and-alcohol' });
    const absent = randomUUID();
    await app.giveReason(absent);
    const nobody = bytes(await report(absent), absent);
    for (const service of ['drug-and-alcohol', 'police', 'school', 'no-such'])
      expect(bytes(await report(person, { category: 'other' }, 'amara.okafor', service), person)).toEqual(nobody);
  });
});
