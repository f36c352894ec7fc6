/** That something is said to be missing tells nothing of what a rule hides: neither to readers, nor to the data analysts, nor by how it is looked up. */
import { randomUUID } from 'node:crypto';
import { authorityOfNorthbridge, changedAuthority } from '../../../../test/support/changed-authority.js';
import { doubt } from '../../../../test/support/doubted-people.js';
import { answerMissing, reportMissing, sendMissing } from '../../../../test/support/missing-reported.js';
import { askedOf, problemIn } from '../../../../test/support/problems-reported.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { born, madeUpName, name } from '../../../../test/support/stored-people.js';
import type { StoredInvolvementOptions } from '../../../../test/support/stored-rows.js';
import { Visitor } from '../../../../test/support/visitor.js';

const OTHERS_LIST = { source: 'generic', service: 'other' as const };
const POLICE = { source: 'niche', service: 'police' as const };
let app: QueryApp;
beforeAll(async () => {
  const { services } = authorityOfNorthbridge();
  const hidden = services.map((rule) => (rule.service === 'other' ? { ...rule, display: 'hidden' } : rule));
  app = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ services: hidden }) });
  // Signing in reads as well.
  for (const reader of ['amara.okafor', 'nora.finch']) await app.as(reader);
});
afterAll(() => app?.close());

interface Somebody {
  person: string;
  subject: string;
  recordId: string;
  family: string;
}
const somebody = async (date: string): Promise<Somebody> => {
  const family = madeUpName();
  return { family, ...(await app.people.record({ names: [name(family, 'Ada')], dateOfBirth: born(date), gender: 'female' })) };
};
/** Another source's record of the same person, with an involvement or without. */
const alsoAt = async ({ person, family }: Somebody, of: typeof POLICE | typeof OTHERS_LIST, date: string, involved = true) => {
  const record = await app.people.record({ person, source: of.source, names: [name(family, 'Ada')], dateOfBirth: born(date), gender: 'female' }); // prettier-ignore
  if (involved) await app.people.involvement(record.subject, of);
  return record;
};

/** Everything that anybody is told, before it is reported, while it waits and with each answer; without what differs of any two people, and the time of day. */
async function told({ person, recordId, family }: Somebody, service: string): Promise<string[]> {
  const said: string[] = [];
  const keep = async (got: Got) => {
    said.push(`${got.status} ${got.headers.get('location')} ${got.text}`);
    said.push(JSON.stringify((await app.auditOf(got)).map(({ action, outcome, shown }) => [action, outcome, shown])));
  };
  const looks = async () => {
    for (const path of [`/people/${person}`, `/people/${person}/panels/${service}`, `/people/${person}/panels/${service}/problem`])
      await keep(await app.get(path));
    for (const path of [`/v1/people/${person}`, `/v1/people/${person}/services/${service}`]) await keep(await app.get(path));
  };
  await looks();
  await keep(await sendMissing(app, person, { category: 'other' }, service));
  await keep(await sendMissing(app, person, { analystsAlone: 'no' }, service));
  await keep(await sendMissing(app, person, {}, service));
  await keep(await reportMissing(app, person, { category: 'duplicate' }, service));
  const reported = await reportMissing(app, person, { words: 'Known to me' }, service);
  await keep(reported);
  const problem = problemIn(reported);
  const [asked] = await askedOf(app, problem);
  for (const outcome of [null, 'more-needed', 'nothing-to-show', 'there-now']) {
    if (outcome !== null) await keep(await answerMissing(app, problem, { outcome }));
    await looks();
    said.push(JSON.stringify(await askedOf(app, problem)));
    await keep(await app.getUnasked(`/problems/${asked!.id}`, 'nora.finch'));
  }
  const alike = (text: string) =>
    text
      .replaceAll(recordId, 'RECORD')
      .replaceAll(new RegExp(family, 'gi'), 'FAMILY')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/\b\d{13}(\.\d+)?\b/g, 'INSTANT')
      .replaceAll(/at \d\d:\d\d/g, 'at TIME');
  return said.map(alike);
}

const beginningOf = (statement: string) => statement.trim().slice(0, 90);

describe('Whether there is truly nothing, or', () => {
  interface Situation {
    service: string;
    date: string;
    hide(one: Somebody): Promise<unknown>;
    /** What is known of the other one as well. */
    plain?(one: Somebody): Promise<unknown>;
  }
  const at = (service: string, date: string, hide: Situation['hide'], plain?: Situation['plain']): Situation => ({ service, date, hide, plain }); // prettier-ignore
  const [CHILD, ADULT] = ['2014-05-12', '1980-05-12'];
  const situations: [string, Situation][] = [
    ['something of a service that is hidden', at('early-help', CHILD, (one) => alsoAt(one, OTHERS_LIST, CHILD))],
    ['a record of a source that is hidden', at('early-help', CHILD, (one) => alsoAt(one, OTHERS_LIST, CHILD, false))],
    ['something that a doubt hides', at('police', ADULT, (one) => doubted(one, true), (one) => doubted(one, false))], // prettier-ignore
    ['something that was taken back', at('early-help', CHILD, (one) => involved(one, { service: 'early-help', status: 'retracted' }))],
  ];
  const involved = ({ subject }: Somebody, of: StoredInvolvementOptions) => app.people.involvement(subject, of);
  const doubted = async (one: Somebody, involved: boolean) => {
    const record = await alsoAt(one, POLICE, '1980-05-12', involved);
    await app.giveReason(one.person);
    expect((await doubt(app, one.person, record.subject)).status).toBe(303);
  };

  it.each(situations)('%s: the same bytes by the same statements', async (_, { service, date, hide, plain }) => {
    const [hiding, nothing] = [await somebody(date), await somebody(date)];
    await hide(hiding);
    await plain?.(nothing);
    const bytes: string[][] = [];
    const sentFor = (one: Somebody) => statementsSent(app.env.READ_MODEL_URL!, async () => bytes.push(await told(one, service)));
    const [sent, plainly] = [await sentFor(hiding), await sentFor(nothing)];
    expect(bytes[0]).toEqual(bytes[1]);
    expect(sent.map(beginningOf)).toEqual(plainly.map(beginningOf));
    expect(sent.join() === plainly.join()).toBe(true);
    expect(bytes[0]!.join()).toContain('The data analysts have been asked and are to answer by');
  });

  it('somebody restricted, nobody: the same bytes by the same statements; restricted since, it is in no list, and has no page', async () => {
    const restricted = await app.people.record({ restriction: 'restricted' });
    const [byHand, absent] = [await somebody('2014-05-12'), randomUUID()];
    const problem = problemIn(await reportMissing(app, byHand.person));
    const [asked] = await askedOf(app, problem);
    await app.people.restrictByHand(byHand.subject);
    const all = async (person: string) => {
      await app.giveReason(person);
      const got = [
        await app.get(`/people/${person}/panels/school/problem`),
        await sendMissing(app, person),
        await sendMissing(app, person, { analystsAlone: 'no' }),
        await reportMissing(app, person),
        await reportMissing(app, person, { analystsAlone: false }),
      ];
      return got.map(({ status, text }) => [status, text.replaceAll(person, 'ID')]);
    };
    const nobody = await all(absent);
    expect(nobody.map(([status]) => status)).toEqual([404, 404, 404, 404, 404]);
    for (const person of [restricted.person, byHand.person]) expect(await all(person)).toEqual(nobody);
    const sentFor = (person: string) => statementsSent(app.env.READ_MODEL_URL!, () => all(person));
    expect(await sentFor(restricted.person)).toEqual(await sentFor(absent));
    expect(await askedOf(app, problem)).toEqual([]);
    const [its, nobodys] = [`/problems/${asked!.id}`, `/problems/${randomUUID()}`];
    expect((await app.getUnasked(its, 'nora.finch')).text).toBe((await app.getUnasked(nobodys, 'nora.finch')).text);
    expect((await answerMissing(app, problem, { outcome: 'there-now' })).status).toBe(404);
  });
});

it('That it is there, and that there is none or it may not be shown, read the same where the panel shows nothing', async () => {
  const { person } = await somebody('2014-05-12');
  const problem = problemIn(await reportMissing(app, person, {}, 'early-help'));
  const read = async (outcome: string) => {
    await answerMissing(app, problem, { outcome });
    const paths = [`/people/${person}`, `/people/${person}/panels/early-help`, `/v1/people/${person}`, `/v1/people/${person}/services/early-help`]; // prettier-ignore
    const got = await Promise.all(paths.map((path) => app.get(path)));
    return got.map(({ text }) => text.replaceAll(/"(requestId|askedAt)":("[^"]*"|[\d.]+)|at \d\d:\d\d/g, ''));
  };
  const none = await read('nothing-to-show');
  expect(await read('there-now')).toEqual(none);
  expect(none.join()).toContain('there is none, or that it is not to be shown here');
});

it('Whoever has opened a record past its restriction can’t report it', async () => {
  const { person, recordId } = await app.people.record({ restriction: 'restricted', dateOfBirth: born('2014-05-12') });
  const priya = await Visitor.signedIn(app.url, 'priya.nair');
  await priya.submit('/restricted', { caseId: recordId, why: 'strategy-meeting', none: 'yes' });
  expect(await priya.read(`/people/${person}`)).not.toContain('Is an involvement missing?');
  const form = `/people/${person}/panels/school/problem`;
  expect((await priya.open(form)).status).toBe(404);
  const body = new URLSearchParams({ category: 'missing-involvement', analystsAlone: 'yes' });
  expect((await priya.send(form, { method: 'POST', body })).status).toBe(404);
});

it('Nor whoever has said to know them', async () => {
  const { person } = await somebody('2014-05-12');
  await app.giveReason(person);
  await app.send(`/people/${person}/known`, { method: 'POST', headers: await app.as('amara.okafor') });
  const got = await reportMissing(app, person);
  expect([got.status, await app.auditOf(got)]).toMatchObject([403, [{ action: 'reported-problem', outcome: 'denied' }]]);
});

describe('The data analysts', () => {
  const sourcesNamed = async (problem: string) => (await askedOf(app, problem))[0]!.knownAs.map(({ source }) => source);

  it('are told what records are called, but of none that a rule hides, and of a sensitive service’s only where there is no other', async () => {
    const one = await somebody('1980-05-12');
    await alsoAt(one, POLICE, '1980-05-12');
    await alsoAt(one, OTHERS_LIST, '1980-05-12');
    expect(await sourcesNamed(problemIn(await reportMissing(app, one.person, {}, 'housing')))).toEqual(['mosaic']);
    const known = await app.people.record({ source: 'niche', dateOfBirth: born('1980-05-12') });
    expect(await sourcesNamed(problemIn(await reportMissing(app, known.person, {}, 'housing')))).toEqual(['niche']);
  });

  it('keep a problem by records that may be told of alone: on nobody’s page, once the others are parted, stands that they were reported', async () => {
    const one = await somebody('2014-05-12');
    const others = [await alsoAt(one, POLICE, '2014-05-12'), await alsoAt(one, OTHERS_LIST, '2014-05-12')];
    const problem = problemIn(await reportMissing(app, one.person, {}, 'early-help'));
    const { rows } = await app.people.pool.query('SELECT subject FROM decided.problem_record WHERE problem = $1', [problem]);
    expect([rows, others.length]).toEqual([[{ subject: one.subject }], 2]);
  });

  it('are asked no more of a service that is hidden since', async () => {
    const { person } = await somebody('2014-05-12');
    const problem = problemIn(await reportMissing(app, person, {}, 'early-help'));
    const services = authorityOfNorthbridge().services.map((rule) =>
      rule.service === 'early-help' ? { ...rule, display: 'hidden' } : rule,
    );
    const other = await QueryApp.open({ READ_MODEL_URL: app.env.READ_MODEL_URL!, AUTHORITY_FILE: changedAuthority({ services }) });
    try {
      const { id } = (await askedOf(app, problem))[0]!;
      expect((await other.getUnasked('/v1/problems', 'nora.finch')).text).not.toContain(id);
      expect((await other.getUnasked(`/problems/${id}`, 'nora.finch')).status).toBe(404);
      expect((await other.get(`/v1/people/${person}`)).body.result.missing).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('What a source was asked while there was something', () => {
  const problemsOf = async (person: string, service: string) => {
    const { missing } = (await app.get(`/v1/people/${person}`)).body.result;
    return [...missing, ...(await app.get(`/v1/people/${person}/services/${service}`)).body.result.problems].map(({ id }) => id);
  };

  it('is told of no more than it is itself, once a doubt hides it, and again with it', async () => {
    const one = await somebody('1980-05-12');
    const police = await alsoAt(one, POLICE, '1980-05-12');
    const problem = problemIn(await reportMissing(app, one.person, {}, 'police'));
    expect(await problemsOf(one.person, 'police')).toEqual([problem]);
    expect((await doubt(app, one.person, police.subject)).status).toBe(303);
    expect(await problemsOf(one.person, 'police')).toEqual([]);
    await app.people.pool.query("UPDATE decided.doubt SET settled_at = now(), settled_as = 'same' WHERE subject = $1", [police.subject]);
    expect(await problemsOf(one.person, 'police')).toEqual([problem]);
  });

  it('nor once it was taken back by a record that is still theirs', async () => {
    const { person, subject } = await somebody('2014-05-12');
    const involvement = { service: 'early-help' as const, involvementId: randomUUID() };
    await app.people.involvement(subject, involvement);
    const problem = problemIn(await reportMissing(app, person, {}, 'early-help'));
    expect(await problemsOf(person, 'early-help')).toEqual([problem]);
    await app.people.involvement(subject, { ...involvement, status: 'retracted' });
    expect(await problemsOf(person, 'early-help')).toEqual([]);
    await app.people.involvement(subject, involvement);
    expect(await problemsOf(person, 'early-help')).toEqual([problem]);
  });
});
