/** Weeks of made-up use with known misuses in it, written by a verb; the officer runs the rules and finds every one of them. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readAudit } from '#lib/audit';
import { ops } from './support/ops.js';
import { textOf } from './support/pages.js';
import { QueryApp } from './support/query-app.js';
import { madeUpName, name } from './support/stored-people.js';

jest.setTimeout(120_000);
const WHY = ['--reason', 'to try the rules'];
let app: QueryApp;
let env: Record<string, string>;
beforeAll(async () => {
  app = await QueryApp.open();
  env = { ...app.env, NODE_ENV: 'test', ENVIRONMENT_FILE: '/nowhere' };
  for (let person = 0; person < 125; person += 1) await app.people.record();
  await app.people.record({ names: [name('Hughes', madeUpName())] });
});
afterAll(() => app?.close());

interface Told {
  entries: number;
  misuses: { rule: string; reader: string; day: string; person: string | null }[];
  found: number;
  missed: object[];
  findings: number;
  falseAlarms: number;
}
const RULES: Record<string, string> = {
  outOfHours: 'Out of hours',
  volume: 'More people than usual',
  listed: 'Many people in search results',
  outsideCaseload: 'Many people outside the caseload',
  thinReasons: 'Thin reasons',
  overrides: 'Restricted record opened',
  refusals: 'Refused again and again',
  knownPerson: 'Somebody the reader knows',
  sameSurname: 'Same surname',
};

test('it is refused in production, wants a reason, and can be tried dry', async () => {
  const inProduction = await ops({ ...env, NODE_ENV: 'production' }, 'audit', 'rehearse', ...WHY);
  expect(inProduction).toMatchObject({ code: 1, failure: expect.stringContaining('never in production') });
  expect(await ops(env, 'audit', 'rehearse')).toMatchObject({ code: 1, failure: expect.stringContaining('Say why') });
  const dry = await ops(env, 'audit', 'rehearse', '--dry-run');
  expect([dry.code, dry.text]).toEqual([0, expect.stringMatching(/^\d+ entries would be written, 9 misuses among them\.$/)]);
  expect((await readAudit(env.AUDIT_URL!, { last: 10 })).filter(({ reader }) => reader !== null)).toEqual([]);
});

test('the rules find every misuse that the log alone can tell, and say how often they are wrong', async () => {
  const said = await ops(env, 'audit', 'rehearse', '--json', ...WHY);
  expect(said.failure).toBe('');
  const told = JSON.parse(said.text) as Told;
  expect(told).toMatchObject({ found: 8, missed: [] });
  // About one in four with the default thresholds; days fall differently each day, so a rule has to cry wolf to fail here.
  expect(told.falseAlarms / told.findings).toBeLessThan(0.6);
  const [row] = await readAudit(env.AUDIT_URL!, { last: 1, requestId: undefined });
  expect(row!.requestId).toMatch(/^made-up-/);

  const cron = await ops(env, 'audit', 'unusual', '--from', '35d', '--json');
  expect([cron.failure, cron.code]).toEqual(['', 3]);
  expect(JSON.parse(cron.text)).toMatchObject({ notAsked: ['self', 'sameSurname', 'sameHousehold'] });
  expect((await ops(env, 'audit', 'unusual', '--from', '35d')).text).toContain('0 of them new');

  await app.sendForm('/audit/unusual', {}, 'ig.officer');
  const listed = textOf((await app.get('/audit/unusual', 'ig.officer')).text);
  for (const { rule, reader } of told.misuses) expect(listed).toMatch(new RegExp(`${RULES[rule]!} , ${reader},`));
});

test('it says in words what was found, what was missed and the share of false alarms', async () => {
  const { text } = await ops(env, 'audit', 'rehearse', '--seed', '5', ...WHY);
  expect(text).toMatch(/Misuses found: 8 of 8\./);
  expect(text).toMatch(/False alarms: \d+ of \d+ findings \(\d+ %\), \d+\.\d in 100 days of a reader’s work\./);
  expect(text).toContain('To be found by the officer’s page alone, which knows who people are: sameSurname of tom.hughes.');
});
