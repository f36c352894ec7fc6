import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { asMachine } from '../../../../test/support/tokens.js';
import { Visitor } from '../../../../test/support/visitor.js';
import type { ProblemAsked } from './problem-asked.js';

const SCHOOL = { source: 'synergy', service: 'school' as const };
let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

/** A pupil whose panel somebody has reported a problem with. */
const reported = async (body: object = { category: 'wrong-details' }) => {
  const pupil = await app.people.record({ source: 'synergy', dateOfBirth: { date: '2014-02-03', precision: 'day' } });
  await app.people.involvement(pupil.subject, SCHOOL);
  await app.giveReason(pupil.person);
  const headers = { ...(await app.as('amara.okafor')), 'content-type': 'application/json' };
  const sent = await app.send(`/v1/people/${pupil.person}/services/school/problems`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(sent.status).toBe(201);
  return { ...pupil, problem: (JSON.parse(sent.text) as { problem: string }).problem };
};
const listedIn = ({ text }: Got) => (JSON.parse(text) as { result: ProblemAsked[] }).result;
const listed = async (reader = 'sofia.marsh') => listedIn(await app.getUnasked('/v1/problems', reader));
const askOf = async ({ recordId }: { recordId: string }, reader = 'sofia.marsh') =>
  (await listed(reader)).find(({ recordIds }) => recordIds.includes(recordId));
const answer = async (id: string, fields: Record<string, string>, reader = 'sofia.marsh') =>
  app.sendForm(`/problems/${id}`, fields, reader);
const overdue = (problem: string, first: number, second: number) =>
  app.people.pool.query(
    `UPDATE decided.problem_ask SET due_at = now() + $2 * interval '1 hour', second_due_at = now() + $3 * interval '1 hour' WHERE problem = $1`,
    [problem, first, second],
  );

describe('A source team', () => {
  it('sees what is wrong, in which of its own records, and by when it is to answer; nothing else of the person', async () => {
    const one = await reported({ category: 'wrong-details', words: 'The school is St Mary’s now' });
    const got = await app.getUnasked('/v1/problems', 'sofia.marsh');
    const asked = listedIn(got).find(({ recordIds }) => recordIds.includes(one.recordId));
    expect(asked).toMatchObject({
      source: 'synergy',
      database: 'Synergy',
      service: 'school',
      recordIds: [one.recordId],
      words: 'The school is St Mary’s now',
      waitsFor: { who: 'first-owner', name: 'Sofia Marsh', overdue: false },
      answer: null,
    });
    expect(got.text).not.toContain(one.person);
    expect(got.text).not.toContain(one.subject);
  });

  it('is not told who reported it, unless they agreed', async () => {
    const [withheld, named] = [await reported(), await reported({ category: 'other', named: true })];
    expect((await askOf(withheld))?.reporter).toBeNull();
    expect((await askOf(named))?.reporter).toEqual({ name: 'Amara Okafor', team: 'Assessment East' });
    const page = async (one: { recordId: string }) => (await app.getUnasked(`/problems/${(await askOf(one))!.id}`, 'sofia.marsh')).text;
    expect(textOf(await page(withheld))).toContain('Not told: the reader did not agree to be named');
    expect(await page(withheld)).not.toMatch(/amara|okafor|assessment east/i);
    expect(textOf(await page(named))).toContain('Amara Okafor, Assessment East');
  });

  it('sees its own sources’ alone, a data analyst those of all; without a source of one’s own there is none', async () => {
    const pupil = await reported();
    const child = await app.people.record();
    await app.people.involvement(child.subject);
    await app.giveReason(child.person);
    await app.sendForm(`/people/${child.person}/panels/childrens-social-care/problem`, { category: 'duplicate' });
    expect(await askOf(child)).toBeUndefined();
    const [ofPupil, ofChild] = [await askOf(pupil, 'nora.finch'), await askOf(child, 'nora.finch')];
    expect([ofPupil?.source, ofChild?.source]).toEqual(['synergy', 'mosaic']);
    const [other, nobodys] = [await app.getUnasked(`/problems/${ofChild!.id}`, 'sofia.marsh'), randomUUID()];
    expect([other.status, other.text]).toEqual([404, (await app.getUnasked(`/problems/${nobodys}`, 'sofia.marsh')).text]);
    expect((await answer(ofChild!.id, { outcome: 'fixed' })).status).toBe(404);
    expect(textOf((await app.getUnasked('/problems', 'sofia.marsh')).text)).toContain('What readers say is wrong in Synergy.');
  });

  it('has each problem on record with its own records, also of two records that are one person', async () => {
    const [one, other] = [await reported(), await reported()];
    await app.people.assign(other.subject, one.person);
    const about = (await app.auditOf(await app.getUnasked('/v1/problems', 'sofia.marsh'))).filter(({ person }) => person === one.person);
    expect(new Set(about.map(({ subjects }) => subjects.join()))).toEqual(new Set([one.subject, other.subject]));
  });

  it('has every problem that it is shown on record, by person, and what it answers', async () => {
    const { person, subject, problem, ...one } = await reported();
    const got = await app.getUnasked('/v1/problems', 'sofia.marsh');
    const about = (await app.auditOf(got)).filter((entry) => entry.person === person);
    expect(about).toMatchObject([
      { action: 'viewed-problem', outcome: 'done', subjects: [subject], shown: { problem, source: 'synergy', service: 'school' } },
    ]);
    const { id } = (await askOf(one))!;
    const answered = await answer(id, { outcome: 'fixed', words: 'The school is put right' });
    expect([answered.status, answered.headers.get('location'), await app.auditOf(answered)]).toMatchObject([
      303,
      `/problems/${id}`,
      [{ action: 'answered-problem', outcome: 'done', reader: 'sofia.marsh', person, shown: { problem, answer: 'fixed' }, typed: false }],
    ]);
    const none = await app.getUnasked(`/problems/${randomUUID()}`, 'sofia.marsh');
    expect(await app.auditOf(none)).toMatchObject([{ action: 'viewed-problem', outcome: 'nothing-found', person: null }]);
  });

  it('answers, and readers see it on the panel; it may answer again', async () => {
    const { person, ...one } = await reported();
    const { id } = (await askOf(one))!;
    const says = async () => (await app.get(`/v1/people/${person}/services/school`)).body.result.problems[0]!.asked[0];
    await answer(id, { outcome: 'refused', words: 'The roll of September says so' });
    expect(await says()).toMatchObject({ outcome: 'refused', words: 'The roll of September says so' });
    const page = textOf((await app.get(`/people/${person}/services/school`)).text);
    expect(page).toMatch(/Synergy says that it is right as it is \(\d+ \w{3} \d{4}\): “The roll of September says so”/);
    expect(page).not.toContain('Sofia');
    await answer(id, { outcome: 'fixed', words: 'Put right after all' });
    expect(await says()).toMatchObject({ outcome: 'fixed', words: 'Put right after all' });
    expect((await askOf(one))?.answer).toMatchObject({ outcome: 'fixed', words: 'Put right after all' });
    const { rows } = await app.people.pool.query('SELECT sealed FROM decided.problem_answer WHERE ask = $1', [id]);
    expect(rows.map((row) => (row as { sealed: Buffer }).sealed.toString('latin1')).join()).not.toMatch(/roll|right/);
  });

  it('is shown with its answer for 90 days; that this may be the wrong person, until a source has said whether', async () => {
    const shown = async (category: string, outcome: string) => {
      const { person, problem, ...one } = await reported({ category });
      await answer((await askOf(one))!.id, { outcome, words: 'Seen' });
      await app.people.pool.query(
        `UPDATE decided.problem_answer SET answered_at = now() - interval '91 days' WHERE ask IN (SELECT id FROM decided.problem_ask WHERE problem = $1)`,
        [problem],
      );
      return (await app.get(`/v1/people/${person}/services/school`)).body.result.problems.map((one) => one.maybeWrongPerson);
    };
    expect(await shown('wrong-details', 'answered')).toEqual([]);
    expect(await shown('wrong-person', 'answered')).toEqual([true]);
    expect(await shown('wrong-person', 'refused')).toEqual([]);
  });

  it('is told what to correct in an answer', async () => {
    const { id } = (await askOf(await reported()))!;
    for (const [fields, words] of [
      [{}, 'Select what you found'],
      [{ outcome: 'answered' }, 'Enter your answer'],
      [{ outcome: 'fixed', words: 'x'.repeat(501) }, 'Enter 500 characters or fewer'],
    ] as const) {
      const got = await answer(id, fields);
      expect([got.status, textOf(got.text).includes(words)]).toEqual([400, true]);
    }
  });

  it('comes to the list when it signs in', async () => {
    const sofia = new Visitor(app.url);
    expect(textOf(await sofia.signIn('sofia.marsh'))).toContain('Problems reported');
  });
});

describe('Silence', () => {
  it('passes a problem on to the second owner, and then to the data analyst; readers see that there is no answer', async () => {
    const one = await reported();
    const waits = async () => (await askOf(one))!.waitsFor;
    await overdue(one.problem, -1, 1);
    expect(await waits()).toEqual({ who: 'second-owner', name: 'Colm Brady', overdue: true });
    await overdue(one.problem, -2, -1);
    expect(await waits()).toEqual({ who: 'data-analyst', name: 'Nora Finch', overdue: true });
    expect(textOf((await app.getUnasked('/problems', 'nora.finch')).text)).toContain('Now with the data analyst, Nora Finch');
    const { asked } = (await app.get(`/v1/people/${one.person}/services/school`)).body.result.problems[0]!;
    expect(asked[0]!.saysWords).toContain('Synergy has not answered; it was to do so by');
    expect((await listed('nora.finch'))[0]!.recordIds).toEqual([one.recordId]);
  });
});

describe('A problem of somebody who is restricted since', () => {
  it('is in no list, and has no page and no answer, for owners and analysts alike: as if nobody had reported it', async () => {
    const { person, subject, recordId } = await reported();
    const { id } = (await askOf({ recordId }))!;
    const elsewhere = await app.people.record({ person, dateOfBirth: { date: '2014-02-03', precision: 'day' } });
    await app.people.restrictByHand(elsewhere.subject);
    for (const reader of ['sofia.marsh', 'nora.finch']) {
      expect(await askOf({ recordId }, reader)).toBeUndefined();
      const [page, nobodys] = [await app.getUnasked(`/problems/${id}`, reader), await app.getUnasked(`/problems/${randomUUID()}`, reader)];
      expect([page.status, page.text]).toEqual([404, nobodys.text]);
      const got = await answer(id, { outcome: 'fixed' }, reader);
      expect([got.status, (await app.auditOf(got))[0]]).toMatchObject([404, { outcome: 'nothing-found', person: null, subjects: [] }]);
    }
    await app.people.pool.query('UPDATE decided.restriction SET lifted_at = now()');
    expect((await askOf({ recordId }))?.id).toBe(id);
    await app.people.record({ subject, person, recordId, source: 'synergy', restriction: 'restricted' });
    expect(await askOf({ recordId })).toBeUndefined();
  });

  it('is still there, without a record number, where its source has withdrawn the record', async () => {
    const { person, subject, recordId } = await reported();
    const { id } = (await askOf({ recordId }))!;
    await app.people.record({ subject, person, recordId, source: 'synergy', present: false, removedReason: 'withdrawn' });
    expect((await listed()).find((one) => one.id === id)?.recordIds).toEqual([]);
    expect((await answer(id, { outcome: 'fixed' })).status).toBe(303);
  });
});

it('A service that is hidden since takes its problems with it; a machine of a source sees those of its team', async () => {
  const { services, signIn } = JSON.parse(readFileSync(app.env.AUTHORITY_FILE!, 'utf8')) as {
    services: { service: string }[];
    signIn: object;
  };
  const reader = { id: 'machine.synergy', name: 'Synergy', role: 'source-publisher', team: 'Schools Data' };
  const settings = (display: string) => ({
    services: services.map((rule) => (rule.service === 'school' ? { ...rule, display } : rule)),
    signIn: { ...signIn, machines: [{ client: 'case-management', reader }] },
  });
  const { id } = (await askOf(await reported()))!;
  const seenBy = async (display: string) => {
    const other = await QueryApp.open({
      READ_MODEL_URL: app.env.READ_MODEL_URL!,
      AUTHORITY_FILE: changedAuthority(settings(display)),
    });
    try {
      return listedIn(await other.send('/v1/problems', { headers: await asMachine() })).some((one) => one.id === id);
    } finally {
      await other.close();
    }
  };
  expect([await seenBy('shown'), await seenBy('hidden')]).toEqual([true, false]);
});

it('Under another key the words are lost, and nothing else', async () => {
  const { person, ...one } = await reported({ category: 'other', words: 'It is St Mary’s', named: true });
  const { id } = (await askOf(one))!;
  await answer(id, { outcome: 'answered', words: 'We ask the school' });
  const other = await QueryApp.open({
    READ_MODEL_URL: app.env.READ_MODEL_URL!,
    AUDIT_TERMS_KEY: randomBytes(32).toString('base64'),
  });
  try {
    const asked = listedIn(await other.getUnasked('/v1/problems', 'sofia.marsh')).find((each) => each.id === id);
    expect(asked).toMatchObject({ words: null, reporter: null, recordIds: [one.recordId], answer: { outcome: 'answered', words: null } });
    expect((await other.get(`/v1/people/${person}/services/school`)).body.result.problems[0]!.asked[0]).toMatchObject({ words: null });
  } finally {
    await other.close();
  }
});
