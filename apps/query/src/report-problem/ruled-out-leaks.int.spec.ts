/** Where a rule leaves a service out, the same stands at everybody's panel: nothing is reported there, and nothing that was is shown. */
import { authorityOfNorthbridge, changedAuthority } from '../../../../test/support/changed-authority.js';
import { reportMissing, sendMissing } from '../../../../test/support/missing-reported.js';
import { askedOf, problemIn } from '../../../../test/support/problems-reported.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { born, madeUpName, name } from '../../../../test/support/stored-people.js';

type Changed = { display: 'broker' | 'no-agreement' | 'shown'; fromAge?: number };
/** Northbridge, where another rule holds of one service. */
const ruled = (service: string, { display, fromAge }: Changed) => {
  const broker = { name: 'the Early Help broker', phone: '01632 960 190', outOfHoursPhone: '01632 960 191' };
  const rule = { display, ...(fromAge !== undefined && { fromAge }), ...(display === 'broker' && { broker }) };
  const services = authorityOfNorthbridge().services.map((one) => (one.service === service ? { ...one, ...rule } : one));
  return { AUTHORITY_FILE: changedAuthority({ services }) };
};

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open(ruled('housing', { display: 'no-agreement' }));
  // Signing in reads as well.
  for (const reader of ['amara.okafor', 'nora.finch']) await app.as(reader);
});
afterAll(() => app?.close());

const somebody = async (date: string | null, family = madeUpName()) => ({
  family,
  ...(await app.people.record({ names: [name(family, 'Ada')], gender: 'female', dateOfBirth: date === null ? null : born(date) })),
});
const CHILD = '2014-05-12';
const pathsOf = (person: string, service: string) => [
  `/people/${person}`,
  `/people/${person}/panels/${service}`,
  `/v1/people/${person}`,
  `/v1/people/${person}/services/${service}`,
];
/** The problems that REST tells of, at the person and in the panel. */
const problemsOf = async (at: QueryApp, person: string, service: string) => [
  ...(await at.get(`/v1/people/${person}`)).body.result.missing,
  ...(await at.get(`/v1/people/${person}/services/${service}`)).body.result.problems,
];

describe('Of a service that a rule leaves out', () => {
  const rules: [string, string, string | null, string][] = [
    ['its broker is to be rung', 'drug-and-alcohol', CHILD, 'Recovery Service duty desk'],
    ['there is no agreement', 'housing', CHILD, '01632 960 1'],
    ['they are too young', 'police', CHILD, 'police Central Referral Unit'],
    ['their age is not known', 'police', null, 'police Central Referral Unit'],
  ];

  it.each(rules)('no report is offered or taken, of any kind, and whom to ring is said: %s', async (_, service, date, ring) => {
    const { person, subject } = await somebody(date);
    await app.giveReason(person);
    const link = `/people/${person}/panels/${service}/problem`;
    for (const path of pathsOf(person, service).slice(0, 2)) expect((await app.get(path)).text).not.toContain(link);
    expect((await app.get(`/people/${person}`)).text).toContain('Is an involvement missing?');
    for (const category of ['missing-involvement', 'wrong-person', 'other']) {
      const machine = await reportMissing(app, person, { category }, service);
      expect([machine.status, JSON.parse(machine.text)]).toMatchObject([
        409,
        { type: 'urn:involvement-index:problem:left-out-by-rule', title: expect.stringContaining(ring) },
      ]);
      expect(await app.auditOf(machine)).toMatchObject([{ action: 'reported-problem', outcome: 'nothing-found', person }]);
      for (const got of [await sendMissing(app, person, { category, words: 'St Mary’s' }, service), await app.get(link)]) {
        expect([got.status, textOf(got.text)]).toEqual([409, expect.stringContaining('A rule leaves this service out')]);
        expect(textOf(got.text)).toContain(ring);
        expect(got.text).not.toMatch(/<form[^>]*problem|St Mary/);
      }
    }
    const { rows } = await app.people.pool.query('SELECT FROM decided.problem_record WHERE subject = $1', [subject]);
    expect(rows).toEqual([]);
  });

  it.each([
    ['drug-and-alcohol', { service: 'drug-and-alcohol' as const }],
    ['police', { source: 'niche', service: 'police' as const }],
  ])('the same bytes by the same statements, whether it knows the person or not: %s', async (service, involvement) => {
    const [hiding, nothing] = [await somebody(CHILD), await somebody(CHILD)];
    const { source } = { source: 'mosaic', ...involvement };
    const its =
      source === 'mosaic'
        ? hiding
        : await app.people.record({ person: hiding.person, source, names: [name(hiding.family, 'Ada')], dateOfBirth: born(CHILD) });
    await app.people.involvement(its.subject, involvement);
    const told = async ({ person, recordId, family }: typeof hiding): Promise<string[]> => {
      const got: Got[] = [];
      for (const path of [...pathsOf(person, service), `/people/${person}/panels/${service}/problem`]) got.push(await app.get(path));
      got.push(await reportMissing(app, person, {}, service), await sendMissing(app, person, {}, service));
      const told = [];
      for (const one of got)
        told.push(`${one.status} ${one.text} ${JSON.stringify((await app.auditOf(one)).map(({ action, outcome, shown }) => [action, outcome, shown]))}`); // prettier-ignore
      return told.map((text) =>
        text
          .replaceAll(recordId, 'RECORD')
          .replaceAll(new RegExp(family, 'gi'), 'FAMILY')
          .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
          .replaceAll(/\b\d{13}(\.\d+)?\b/g, 'INSTANT')
          .replaceAll(/at \d\d:\d\d/g, 'at TIME'),
      );
    };
    const bytes: string[][] = [];
    const sentFor = (one: typeof hiding) => statementsSent(app.env.READ_MODEL_URL!, async () => bytes.push(await told(one)));
    const [sent, plainly] = [await sentFor(hiding), await sentFor(nothing)];
    expect(bytes[0]).toEqual(bytes[1]);
    expect(sent.join() === plainly.join()).toBe(true);
  });
});

describe('What was reported before a rule left the service out', () => {
  it.each<[string, Changed]>([
    ['a broker', { display: 'broker' }],
    ['no agreement', { display: 'no-agreement' }],
    ['an age', { display: 'shown', fromAge: 90 }],
  ])('is shown no more while it does, nor its answer: %s', async (_, rule) => {
    const [reported, plain] = [await somebody(CHILD), await somebody(CHILD)];
    const problem = problemIn(await reportMissing(app, reported.person, {}, 'early-help'));
    expect((await problemsOf(app, reported.person, 'early-help')).map(({ id }) => id)).toEqual([problem, problem]);
    const asked = (await askedOf(app, problem))[0]!.id;
    const since = await QueryApp.open({ READ_MODEL_URL: app.env.READ_MODEL_URL!, ...ruled('early-help', rule) });
    try {
      for (const { person } of [reported, plain]) await since.giveReason(person);
      const read = async ({ person, family, recordId }: typeof plain) => {
        const got: Got[] = [];
        for (const path of pathsOf(person, 'early-help')) got.push(await since.get(path));
        return got.map(({ text }) =>
          text
            .replaceAll(new RegExp(`${person}|${family}|${recordId}`, 'gi'), 'ONE')
            .replaceAll(/"(requestId|askedAt)":("[^"]*"|[\d.]+)|at \d\d:\d\d/g, ''),
        );
      };
      for (const outcome of [null, 'more-needed', 'nothing-to-show', 'there-now']) {
        // The data analysts have it still, lest it waits for ever.
        const body = new URLSearchParams({ outcome: outcome ?? '' });
        if (outcome !== null)
          expect((await since.send(`/problems/${asked}`, { method: 'POST', headers: await since.as('nora.finch'), body })).status).toBe(
            303,
          );
        expect(await problemsOf(since, reported.person, 'early-help')).toEqual([]);
        expect(await read(reported)).toEqual(await read(plain));
      }
      expect((await askedOf(app, problem))[0]!.answer).toMatchObject({ outcome: 'there-now' });
    } finally {
      await since.close();
    }
  });
});
