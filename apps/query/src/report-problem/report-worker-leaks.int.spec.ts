/** An involvement that must not be told can be neither chosen nor named: it is as one that nobody has. */
import { randomUUID } from 'node:crypto';
import { authorityOfNorthbridge, changedAuthority } from '../../../../test/support/changed-authority.js';
import { doubt } from '../../../../test/support/doubted-people.js';
import { askedOf, problemIn } from '../../../../test/support/problems-reported.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { listedBy, reportBy, sendReport } from '../../../../test/support/report-by.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { born } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
  for (const reader of ['amara.okafor', 'nora.finch']) await app.as(reader);
});
afterAll(() => app?.close());

const OTHERS = 'childrens-social-care' as const;
const POLICE = { source: 'niche', service: 'police' } as const;
const nobodys = 'A'.repeat(22);
const alike = (text: string) => text.replaceAll(/"(requestId|askedAt)":("[^"]*"|[\d.]+)|at \d\d:\d\d/g, '');
const bytes = async (got: Got) => [
  got.status,
  alike(got.text),
  (await app.auditOf(got)).map(({ action, outcome, shown }) => [action, outcome, shown]),
];

/** What anybody is told who chooses an involvement, of every kind of category. */
const choosing = async (person: string, involvement: string, service: string) => {
  const told: unknown[] = [];
  for (const category of ['wrong-phone', 'other', 'missing-involvement']) {
    told.push(await bytes(await reportBy(app, person, { category, involvement }, { service })));
    told.push(await bytes(await sendReport(app, person, { category, involvement }, service)));
  }
  return told;
};

interface Situation {
  person: string;
  /** Of an involvement that was shown. */
  id: string;
  service: string;
  hide(): Promise<unknown>;
  /** What the panel is then: one that opens, one that shows nothing, or one that a rule leaves out. */
  panel: 'opens' | 'empty' | 'ruled-out';
}
const NOBODY = { source: 'mosaic', service: OTHERS } as const;

const situations: [string, () => Promise<Situation>][] = [
  [
    'was taken back',
    async () => {
      const { person, subject } = await app.people.record({ dateOfBirth: born('2014-05-12') });
      await app.people.involvement(subject);
      const own = { ...NOBODY, involvementId: randomUUID(), openedOn: '2026-10-01' };
      await app.people.involvement(subject, own);
      const [newest] = (await listedBy(app, person)).involvements;
      const hide = () => app.people.involvement(subject, { ...own, status: 'retracted' });
      return { person, id: newest!.id, service: OTHERS, hide, panel: 'opens' };
    },
  ],
  [
    'a doubt hides, while another of the same service is shown',
    async () => {
      const { person, subject } = await app.people.record({ dateOfBirth: born('1980-05-12') });
      await app.people.involvement(subject, { service: 'police' });
      const police = await app.people.record({ source: 'niche', person, dateOfBirth: born('1980-05-12') });
      await app.people.involvement(police.subject, { ...POLICE, openedOn: '2026-10-01' });
      await app.giveReason(person);
      const [newest] = (await listedBy(app, person, 'police')).involvements;
      return { person, id: newest!.id, service: 'police', hide: () => doubt(app, person, police.subject), panel: 'opens' };
    },
  ],
  [
    'a doubt hides, and nothing else is shown',
    async () => {
      const { person } = await app.people.record({ dateOfBirth: born('1980-05-12') });
      const police = await app.people.record({ source: 'niche', person, dateOfBirth: born('1980-05-12') });
      await app.people.involvement(police.subject, POLICE);
      await app.giveReason(person);
      const [first] = (await listedBy(app, person, 'police')).involvements;
      return { person, id: first!.id, service: 'police', hide: () => doubt(app, person, police.subject), panel: 'empty' };
    },
  ],
  [
    'their age hides',
    async () => {
      const record = { dateOfBirth: born('1980-05-12') };
      const { person, subject } = await app.people.record(record);
      await app.people.involvement(subject, POLICE);
      const [first] = (await listedBy(app, person, 'police')).involvements;
      const hide = () =>
        app.people.pool.query(`UPDATE ${app.people.schema}.record SET date_of_birth = '2014-05-12' WHERE subject = $1`, [subject]);
      return { person, id: first!.id, service: 'police', hide, panel: 'ruled-out' };
    },
  ],
  [
    'is of another service',
    async () => {
      const { person, subject } = await app.people.record({ dateOfBirth: born('2014-05-12') });
      await app.people.involvement(subject);
      await app.people.involvement(subject, { service: 'early-help' });
      const [first] = (await listedBy(app, person, 'early-help')).involvements;
      return { person, id: first!.id, service: OTHERS, hide: () => Promise.resolve(), panel: 'opens' };
    },
  ],
];

describe('Whether an involvement is nobody’s, or', () => {
  it.each(situations)('%s: the same bytes by the same statements, and no report of it', async (_, make) => {
    const { person, id, service, hide, panel } = await make();
    await hide();
    const form = (await app.get(`/people/${person}/panels/${service}/problem`)).text;
    expect(form).not.toContain(id);
    let told: unknown[][] = [];
    const sentFor = (involvement: string) =>
      statementsSent(app.env.READ_MODEL_URL!, async () => void (told = [...told, await choosing(person, involvement, service)]));
    const [hidden, nobody] = [await sentFor(id), await sentFor(nobodys)];
    const [first, second] = told.map((all) => JSON.stringify(all).replaceAll(id, nobodys));
    expect(first === second).toBe(true);
    expect(hidden.join() === nobody.join()).toBe(true);
    expect(told[0]!.map((one) => (one as unknown[])[0])).toEqual(
      panel === 'ruled-out' ? Array(6).fill(409) : [409, 400, 409, 400, 409, 400],
    );
    expect((await listedBy(app, person, service)).problems).toEqual([]);
    const category = panel === 'opens' ? 'other' : 'missing-involvement';
    expect((await reportBy(app, person, { category }, { service })).status).toBe(panel === 'ruled-out' ? 409 : 201);
  });

  it('is of somebody restricted, or absent: nobody may be seen, and nothing chosen', async () => {
    const { person, subject } = await app.people.record({ dateOfBirth: born('2014-05-12') });
    await app.people.involvement(subject);
    const [one] = (await listedBy(app, person)).involvements;
    const problem = problemIn(await reportBy(app, person, { category: 'wrong-phone', involvement: one!.id }));
    await app.people.restrictByHand(subject);
    const absent = randomUUID();
    await app.giveReason(absent);
    const all = async (who: string) => JSON.stringify(await choosing(who, one!.id, OTHERS)).replaceAll(who, 'ID');
    expect(await all(person)).toBe(await all(absent));
    const sent = (who: string) => statementsSent(app.env.READ_MODEL_URL!, () => all(who));
    expect(await sent(person)).toEqual(await sent(absent));
    expect(await askedOf(app, problem)).toEqual([]);
  });
});

it('What a reader has reported of what is hidden since is not told them by reporting again', async () => {
  const { person, subject } = await app.people.record({ dateOfBirth: born('1980-05-12') });
  await app.people.involvement(subject, { service: 'police' });
  const police = await app.people.record({ source: 'niche', person, dateOfBirth: born('1980-05-12') });
  await app.people.involvement(police.subject, { ...POLICE, openedOn: '2026-10-01' });
  const [newest] = (await listedBy(app, person, 'police')).involvements;
  const body = { category: 'duplicate', involvement: newest!.id };
  const before = problemIn(await reportBy(app, person, body, { service: 'police' }));
  expect((await doubt(app, person, police.subject)).status).toBe(303);
  expect((await listedBy(app, person, 'police')).problems).toEqual([]);
  const got = await reportBy(app, person, body, { service: 'police' });
  expect([got.status, got.text.includes(before)]).toEqual([409, false]);
});

it('The source of an involvement whose service is hidden since is not asked of it any more', async () => {
  const { person, subject } = await app.people.record({ dateOfBirth: born('2014-05-12') });
  await app.people.involvement(subject, { service: 'early-help', involvementId: `E-${person}` });
  const problem = problemIn(await reportBy(app, person, { category: 'wrong-phone' }, { service: 'early-help' }));
  expect(await askedOf(app, problem)).toMatchObject([{ involvementId: `E-${person}` }]);
  const services = authorityOfNorthbridge().services.map((rule) => (rule.service === 'early-help' ? { ...rule, display: 'hidden' } : rule));
  const other = await QueryApp.open({ READ_MODEL_URL: app.env.READ_MODEL_URL!, AUTHORITY_FILE: changedAuthority({ services }) });
  try {
    expect((await other.getUnasked('/v1/problems', 'nora.finch')).text).not.toContain(`E-${person}`);
    expect((await reportBy(other, person, { category: 'wrong-phone' }, { service: 'early-help' })).status).toBe(404);
  } finally {
    await other.close();
  }
});
