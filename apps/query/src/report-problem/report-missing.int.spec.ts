/** A service that a reader knows to be involved, and whose panel shows nothing. */
import { randomUUID } from 'node:crypto';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { answerMissing, reportMissing, sendMissing } from '../../../../test/support/missing-reported.js';
import { textOf } from '../../../../test/support/pages.js';
import { askedOf, problemIn } from '../../../../test/support/problems-reported.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { born } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const pupil = (o: object = {}) => app.people.record({ dateOfBirth: born('2015-05-12'), ...o });
const missingOf = async (person: string, query = '') => (await app.get(`/v1/people/${person}${query}`)).body.result.missing;
const openedOf = async (person: string) => (await app.get(`/v1/people/${person}/services/school`)).body.result;
const panelOf = async (person: string, service = 'school') => {
  const { text } = await app.get(`/people/${person}`);
  return new RegExp(`<section[^>]*id="${service}"[^]*?</section>`).exec(text)![0];
};
const atSchool = { source: 'synergy', service: 'school' as const };

describe('A missing involvement', () => {
  it('is reported where the panel shows nothing, goes to the data analysts alone, and the panel shows what they say', async () => {
    const { person, recordId } = await pupil();
    const amara = await Visitor.signedIn(app.url, 'amara.okafor');
    const form = `/people/${person}/panels/school/problem?search=abc`;
    expect(await amara.openWithReason(`/people/${person}?search=abc`)).toContain(`href="${form}">Is an involvement missing?`);
    const asked = textOf(await amara.read(form));
    for (const words of [
      'Checked, nothing found',
      'to the data analysts alone, and to no source',
      'School Admissions, 01632 960 120',
      'Write no case notes',
    ])
      expect(asked).toContain(words);
    expect(asked).not.toMatch(/wrong person|given to the source/);
    const body = new URLSearchParams({ analystsAlone: 'yes', category: 'missing-involvement', words: 'He goes to St Mary’s' });
    const sent = await amara.send(form, { method: 'POST', body });
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toMatch(new RegExp(`^/people/${person}/services/school\\?search=abc&sent=[0-9a-f-]{36}#school$`));
    expect(textOf(await amara.read(sent.headers.get('location')!))).toContain('The report has been sent to the data analysts.');
    const page = textOf(await amara.read(`/people/${person}`));
    expect(page).toMatch(
      /Problem reported \d+ \w{3} \d{4}: an involvement is missing\. The data analysts have been asked and are to answer by /,
    );
    expect(page).not.toContain('St Mary');

    const problem = (await missingOf(person))[0]!.id;
    expect(await askedOf(app, problem, 'sofia.marsh')).toEqual([]);
    const [one] = await askedOf(app, problem);
    expect(one).toMatchObject({
      source: null,
      database: null,
      service: 'school',
      recordIds: [],
      knownAs: [{ database: 'Mosaic', recordId }],
      words: 'He goes to St Mary’s',
      reporter: null,
      waitsFor: { who: 'data-analyst', name: 'Nora Finch', overdue: false },
    });
    const its = textOf((await app.getUnasked(`/problems/${one!.id}`, 'nora.finch')).text);
    for (const words of ['School, where nothing was shown', `Mosaic ${recordId}`, 'He goes to St Mary’s', 'Not told: the reader'])
      expect(its).toContain(words);
    expect(textOf((await app.getUnasked('/problems', 'nora.finch')).text)).toContain('School: the data analysts alone');
  });

  it('is on record with who reported it and whom nobody but analysts were asked, before it is kept, without its words', async () => {
    const { person, subject } = await pupil();
    const got = await reportMissing(app, person, { words: 'At St Mary’s', named: true });
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
          shown: { service: 'school', category: 'missing-involvement', problem: problemIn(got), sources: [], named: true },
        },
      ],
    ]);
    expect(JSON.stringify(await app.auditOf(got))).not.toContain('Mary');
    expect((await askedOf(app, problemIn(got)))[0]!.reporter).toEqual({ name: 'Amara Okafor', team: 'Assessment East' });
    expect((await app.auditOf(await app.getUnasked('/v1/problems', 'nora.finch'))).find((entry) => entry.person === person)).toMatchObject({
      action: 'viewed-problem',
      shown: { service: 'school', analystsAlone: true, category: 'missing-involvement', problem: problemIn(got) },
    });
    expect((await app.auditOf(await app.get(`/people/${person}/panels/school/problem`)))[0]).toMatchObject({
      action: 'opened-panel',
      person,
    });
  });

  it('is all that can be reported there; every other category is answered like nobody’s', async () => {
    const { person } = await pupil();
    const absent = randomUUID();
    const bytes = ({ status, text }: Got, of: string) => [status, text.replaceAll(of, 'ID')];
    const [nobody, nobodys] = [await reportMissing(app, absent), await sendMissing(app, absent)];
    for (const category of ['other', 'wrong-person', 'should-not-be-shown']) {
      expect(bytes(await reportMissing(app, person, { category }), person)).toEqual(bytes(nobody, absent));
      expect(bytes(await sendMissing(app, person, { category }), person)).toEqual(bytes(nobodys, absent));
    }
    expect((await reportMissing(app, person)).status).toBe(201);
    expect(textOf(await panelOf(person))).toContain('The data analysts have been asked');
    for (const service of ['health-visitor', 'no-such'])
      expect(bytes(await reportMissing(app, person, {}, service), person)).toEqual(bytes(nobody, absent));
  });

  it('goes to the sources where the panel shows something', async () => {
    const { person, subject } = await pupil();
    await app.people.involvement(subject, atSchool);
    const problem = problemIn(await reportMissing(app, person));
    expect((await openedOf(person)).problems).toMatchObject([{ id: problem, asked: [{ database: 'Synergy' }] }]);
    expect((await askedOf(app, problem, 'sofia.marsh')).map(({ source }) => source)).toEqual(['synergy']);
    expect(await missingOf(person)).toEqual([]);
  });

  it('is found by whoever was led on, and under every id its records come to', async () => {
    const { person, subject } = await pupil();
    const retired = randomUUID();
    await app.people.redirect(retired, person);
    const got = await app.get(`/people/${retired}/panels/school/problem`);
    expect([got.status, got.headers.get('location')]).toEqual([303, `/people/${person}/panels/school/problem`]);
    expect((await sendMissing(app, retired)).headers.get('location')).toBe(`/people/${person}/panels/school/problem`);
    expect((await reportMissing(app, retired)).status).toBe(404);
    const problem = problemIn(await reportMissing(app, person));
    const other = await pupil({ source: 'liquidlogic' });
    await app.people.assign(subject, other.person);
    expect((await missingOf(other.person)).map(({ id }) => id)).toEqual([problem]);
    const apart = randomUUID();
    await app.people.assign(subject, apart);
    expect([(await missingOf(apart)).length, (await missingOf(other.person)).length]).toEqual([1, 0]);
  });

  it('is late after five working days, and still the data analysts’', async () => {
    const { person } = await pupil();
    const problem = problemIn(await reportMissing(app, person));
    await app.people.pool.query(
      `UPDATE decided.problem_ask SET due_at = now() - interval '1 hour', second_due_at = now() - interval '1 hour' WHERE problem = $1`,
      [problem],
    );
    expect((await askedOf(app, problem))[0]!.waitsFor).toEqual({ who: 'data-analyst', name: 'Nora Finch', overdue: true });
    expect(textOf(await panelOf(person))).toContain('The data analysts have not answered; they were to do so by');
  });
});

describe('An answer of the data analysts', () => {
  it('is in their own words, of which there are three; a source has others, and answers none of theirs', async () => {
    const { person } = await pupil();
    const problem = problemIn(await reportMissing(app, person));
    const form = textOf((await app.getUnasked(`/problems/${(await askedOf(app, problem))[0]!.id}`, 'nora.finch')).text);
    expect(form).toMatch(/The involvement is there now There is none, or it is not to be shown here More is needed to find it/);
    expect(form).not.toMatch(/It is right as it is|Your answer/);
    for (const outcome of ['fixed', 'answered', 'refused'])
      expect((await answerMissing(app, problem, { outcome, words: 'x' })).status).toBe(404);
    expect((await answerMissing(app, problem, { outcome: 'more-needed' }, 'sofia.marsh')).status).toBe(404);
    const missing = await answerMissing(app, problem, {});
    expect([missing.status, missing.text.includes('Select what you found')]).toEqual([400, true]);
    const got = await answerMissing(app, problem, { outcome: 'more-needed', words: 'Niche has her' });
    expect([got.status, await app.auditOf(got)]).toMatchObject([
      303,
      [{ action: 'answered-problem', person, shown: { answer: 'more-needed' } }],
    ]);
    expect(await missingOf(person)).toMatchObject([{ asked: [{ outcome: 'more-needed', words: '' }] }]);
    expect(textOf(await panelOf(person))).toContain(
      'The data analysts say that they need more to find it: report it again, and say more (',
    );
    expect((await askedOf(app, problem))[0]!.answer).toMatchObject({ outcomeWords: 'More is needed to find it', words: null });
    const { subject, ...seen } = await pupil();
    await app.people.involvement(subject, atSchool);
    const ofSource = problemIn(await reportMissing(app, seen.person));
    expect((await answerMissing(app, ofSource, { outcome: 'there-now' }, 'sofia.marsh')).status).toBe(404);
  });

  it('that it is there stands at the panel only while the panel shows something', async () => {
    const { person, subject } = await pupil();
    const problem = problemIn(await reportMissing(app, person));
    await answerMissing(app, problem, { outcome: 'there-now' });
    const hidden = [{ id: problem, asked: [{ database: null, outcome: 'nothing-to-show' }] }];
    expect(await missingOf(person)).toMatchObject(hidden);
    expect((await openedOf(person)).problems).toMatchObject(hidden);
    await app.people.involvement(subject, { ...atSchool, involvementId: 'I-1' });
    expect(await missingOf(person)).toEqual([]);
    expect((await openedOf(person)).problems).toMatchObject([{ id: problem, asked: [{ outcome: 'there-now' }] }]);
    expect(textOf((await app.get(`/people/${person}/services/school`)).text)).toContain(
      'The data analysts say that the involvement is there now (',
    );
    await app.people.involvement(subject, { ...atSchool, involvementId: 'I-1', status: 'retracted' });
    expect(await missingOf(person)).toMatchObject(hidden);
  });
});

it('Child first, it is reported of the child and of whoever is one hop away, and of nobody by another way', async () => {
  const first = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ journeys: ['child-first'] }) });
  try {
    const [child, mother, other] = [await first.people.record({ dateOfBirth: born('2015-05-12') }), await first.people.record({ dateOfBirth: born('1988-03-02') }), await first.people.record({ dateOfBirth: born('2016-05-12') })]; // prettier-ignore
    await first.people.link(child.subject, mother.subject, 'parent');
    const way = `?child=${child.person}`;
    await first.giveReason(child.person);
    const page = (await first.get(`/people/${mother.person}${way}`)).text;
    expect(page).toContain(`href="/people/${mother.person}/panels/early-help/problem${way}">Is an involvement missing?`);
    expect((await reportMissing(first, mother.person, {}, 'early-help', way)).status).toBe(201);
    expect((await first.get(`/v1/people/${mother.person}${way}`)).body.result.missing).toMatchObject([{ service: 'early-help' }]);
    expect((await reportMissing(first, child.person, {}, 'school', way)).status).toBe(201);
    for (const query of ['', `?child=${other.person}`])
      expect([query, (await reportMissing(first, mother.person, {}, 'early-help', query)).status]).toEqual([query, 404]);
  } finally {
    await first.close();
  }
});
