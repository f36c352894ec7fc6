/** Where a panel shows several involvements, a report of a worker or an end says of which. */
import { askedOf, problemIn } from '../../../../test/support/problems-reported.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { listedBy, reportBy, sendReport } from '../../../../test/support/report-by.js';
import { born } from '../../../../test/support/stored-people.js';

const SERVICE = 'childrens-social-care' as const;
let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const worker = (name: string, phone: string) => ({
  practitioner: { name, role: 'Social worker', phone, email: null, outOfHoursName: null, outOfHoursPhone: null, readerId: null },
});
const ANN = { involvementId: 'M-77', openedOn: '2026-03-03', team: 'Assessment West', ...worker('Ann Ashdown', '01632 960 441') };
const BEN = {
  source: 'liquidlogic',
  service: SERVICE,
  involvementId: 'L-88',
  openedOn: '2025-02-01',
  ...worker('Ben Birch', '01632 960 442'),
};

/** A child with whom two workers are involved, of two databases. */
const child = async () => {
  const one = await app.people.record({ dateOfBirth: born('2014-05-12') });
  const other = await app.people.record({ source: 'liquidlogic', person: one.person, dateOfBirth: born('2014-05-12') });
  const [annId, benId] = [`M-${one.recordId}`, `L-${other.recordId}`];
  await app.people.involvement(one.subject, { ...ANN, involvementId: annId });
  await app.people.involvement(other.subject, { ...BEN, involvementId: benId });
  const [ann, ben] = (await listedBy(app, one.person)).involvements;
  return { ...one, other, annId, benId, ann: ann!.id, ben: ben!.id };
};
const errorOf = ({ status, text }: Got) => [status, JSON.parse(text) as object];

describe('A wrong phone number, where two workers are shown,', () => {
  it('is reported of one: the form asks which, that source alone is asked and told its own ID, and the panel shows it beside that worker', async () => {
    const { person, ben, annId, benId } = await child();
    const form = await app.get(`/people/${person}/panels/${SERVICE}/problem`);
    const asked = textOf(form.text);
    expect(asked).toMatch(
      /Which of these is it\?.*Ann Ashdown, Social worker, Assessment West Mosaic, Involved now, since 3 Mar 2026, 01632 960 441/,
    );
    expect(asked).toContain('Where you say which of these it is, its database is asked alone.');
    const unsaid = await sendReport(app, person, { category: 'wrong-phone', words: 'It rings nowhere' });
    for (const words of ['Select which of them it is', 'It rings nowhere']) expect(unsaid.text).toContain(words);
    expect(unsaid.status).toBe(400);
    expect((await listedBy(app, person)).problems).toEqual([]);
    const sent = await sendReport(app, person, { category: 'wrong-phone', involvement: ben });
    expect(sent.status).toBe(303);
    const leadsTo = sent.headers.get('location')!.split('#')[0]!;
    const page = textOf((await app.get(leadsTo)).text);
    expect(page).toContain('The report has been sent to those who answer for LiquidLogic.');
    expect(page).toMatch(
      /Ann Ashdown.*Problem reported \d+ \w{3} \d{4}: the phone number is wrong\. LiquidLogic has been asked.*Ben Birch/,
    );
    expect(page.match(/Problem reported/g)).toHaveLength(1);
    const [problem] = (await listedBy(app, person)).problems;
    expect(problem).toMatchObject({ involvement: ben, asked: [{ database: 'LiquidLogic' }] });
    const [told, ...others] = await askedOf(app, problem!.id);
    expect([told, others]).toMatchObject([{ source: 'liquidlogic', involvementId: benId }, []]);
    const its = await app.getUnasked(`/problems/${told!.id}`, 'nora.finch');
    expect(textOf(its.text)).toContain(`ID of the involvement there ${benId}`);
    expect(textOf((await app.getUnasked('/problems', 'nora.finch')).text)).toContain(`; involvement ${benId}`);
    for (const telling of [annId, 'Ann Ashdown', 'Ben Birch', person]) expect(its.text).not.toContain(telling);
    for (const text of [form.text, sent.headers.get('location')]) expect(text).not.toMatch(new RegExp(`${annId}|${benId}`));
  });

  it('is refused of neither by REST, which names the field', async () => {
    const { person } = await child();
    const got = await reportBy(app, person, { category: 'wrong-phone' });
    expect(errorOf(got)).toMatchObject([400, { type: expect.stringContaining('report-wrong'), problems: [{ pointer: '/involvement' }] }]);
    expect(await app.auditOf(got)).toMatchObject([{ action: 'reported-problem', outcome: 'nothing-found' }]);
  });

  it('is kept and on record without an ID of an involvement that anybody could read', async () => {
    const { person, ann, annId } = await child();
    const got = await reportBy(app, person, { category: 'worker-gone', involvement: ann });
    expect(got.status).toBe(201);
    const { rows } = await app.people.pool.query('SELECT p::text AS text, sealed FROM decided.problem p WHERE id = $1', [problemIn(got)]);
    const [{ text, sealed }] = rows as [{ text: string; sealed: Buffer }];
    for (const kept of [text, sealed.toString('latin1'), JSON.stringify(await app.auditOf(got))])
      for (const telling of [annId, ann]) expect(kept).not.toContain(telling);
  });
});

it('Two databases may use one ID: the problem stands beside the worker of the one that was meant', async () => {
  const { person, subject } = await app.people.record({ dateOfBirth: born('2014-05-12') });
  const other = await app.people.record({ source: 'liquidlogic', person, dateOfBirth: born('2014-05-12') });
  await app.people.involvement(subject, { ...ANN, involvementId: `S-${person}` });
  await app.people.involvement(other.subject, { ...BEN, involvementId: `S-${person}` });
  for (const { id, database } of (await listedBy(app, person)).involvements) {
    const problem = problemIn(await reportBy(app, person, { category: 'wrong-phone', involvement: id }));
    const shown = (await listedBy(app, person)).problems.find((one) => one.id === problem);
    expect(shown).toMatchObject({ involvement: id, asked: [{ database }] });
  }
});

it('Where one worker is shown, a report is of that one by itself', async () => {
  const { person, subject } = await app.people.record({ dateOfBirth: born('2014-05-12') });
  await app.people.involvement(subject, { ...ANN, involvementId: `M-${person}` });
  expect((await app.get(`/people/${person}/panels/${SERVICE}/problem`)).text).not.toContain('Which of these is it?');
  const problem = problemIn(await reportBy(app, person, { category: 'ended-shown-as-current' }));
  const { problems, involvements } = await listedBy(app, person);
  expect(problems.map(({ involvement }) => involvement)).toEqual([involvements[0]!.id]);
  expect((await askedOf(app, problem)).map(({ involvementId }) => involvementId)).toEqual([`M-${person}`]);
  const whole = problemIn(await reportBy(app, person, { category: 'wrong-details', involvement: involvements[0]!.id }));
  expect((await askedOf(app, whole)).map(({ involvementId }) => involvementId)).toEqual([null]);
});

it('Other details may be of one or of the whole panel, and who it is, or what is missing, is of none', async () => {
  const { person, ann } = await child();
  const sourcesOf = async (body: Record<string, string>) => {
    const fields = { ...body, category: body.category! };
    expect((await sendReport(app, person, fields)).status).toBe(303);
    const { problems } = await listedBy(app, person);
    const { id } = problems[0]!;
    return (await askedOf(app, id))
      .map(({ source, involvementId }) => [source, involvementId !== null])
      .toSorted(([one], [other]) => one!.toString().localeCompare(other!.toString()));
  };
  const both = [['liquidlogic', false], ['mosaic', false]]; // prettier-ignore
  expect(await sourcesOf({ category: 'duplicate', involvement: ann })).toEqual([['mosaic', true]]);
  expect(await sourcesOf({ category: 'wrong-details', involvement: 'none' })).toEqual(both);
  expect(await sourcesOf({ category: 'should-not-be-shown' })).toEqual(both);
  expect(await sourcesOf({ category: 'missing-involvement', involvement: ann })).toEqual(both);
});

it('Once the worker is not shown any more, it stands with the panel; the source is still told which it was', async () => {
  const { person, ann, annId, subject } = await child();
  const problem = problemIn(await reportBy(app, person, { category: 'worker-gone', involvement: ann }));
  await app.people.involvement(subject, { ...ANN, involvementId: annId, status: 'retracted' });
  expect((await listedBy(app, person)).problems).toMatchObject([{ id: problem, involvement: null }]);
  expect(await askedOf(app, problem)).toMatchObject([{ involvementId: annId }]);
  const late = await sendReport(app, person, { category: 'wrong-phone', involvement: ann });
  expect([late.status, textOf(late.text)]).toEqual([400, expect.stringContaining('The panel has changed since you opened this form')]);
});
