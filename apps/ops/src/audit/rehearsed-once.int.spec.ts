/** What a first start does so that the officers' worklist is not empty. */
import { jest } from '@jest/globals';
import { readAudit } from '#lib/audit';
import { SOURCES } from '../../../../test/support/app-env.js';
import { ops } from '../../../../test/support/ops.js';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { StoredOperations } from '../../../../test/support/stored-operations.js';

jest.setTimeout(60_000);
const ONCE = ['audit', 'rehearse', '--once', '--json', '--reason', 'a first start'];
let app: QueryApp;
let env: Record<string, string>;
beforeAll(async () => {
  app = await QueryApp.open();
  env = { ...app.env, ENVIRONMENT_FILE: '/nowhere' };
  for (let person = 0; person < 125; person += 1) await app.people.record();
});
afterAll(() => app?.close());

const lookedAt = async () =>
  (await readAudit(env.AUDIT_URL!, { last: 100_000 })).filter(({ requestId }) => requestId.startsWith('made-up-'));

test('made-up use is written once every source has looked, what is found stands on the worklist, and a second time writes none', async () => {
  const operations = new StoredOperations(app.people.pool);
  for (const source of SOURCES.slice(1)) await operations.progress(source);
  const first = ops(env, ...ONCE);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await lookedAt()).toEqual([]);
  await operations.progress(SOURCES[0]!);
  const said = await first;
  expect([said.failure, said.code]).toEqual(['', 0]);
  expect(JSON.parse(said.text)).toMatchObject({ missed: [], falseAlarms: expect.any(Number) });

  const listed = textOf((await app.get('/audit/unusual', 'ig.officer')).text);
  for (const found of ['Out of hours , leah.morgan', 'Refused again and again , leah.morgan', 'More people than usual , tom.hughes'])
    expect(listed).toContain(found);
  const written = (await lookedAt()).length;
  expect(written).toBeGreaterThan(1_000);

  const second = await ops(env, ...ONCE);
  expect([second.failure, second.code, JSON.parse(second.text)]).toEqual(['', 0, { entries: 0, misuses: [], dryRun: false }]);
  expect((await lookedAt()).length).toBe(written);
  expect(await ops({ ...env, NODE_ENV: 'production' }, ...ONCE)).toMatchObject({
    code: 1,
    failure: expect.stringContaining('never in production'),
  });
});
