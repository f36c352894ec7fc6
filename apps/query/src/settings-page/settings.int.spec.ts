import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

test('an administrator lands on the versions of the settings: by whom, why, since when, and which one it is', async () => {
  const ken = new Visitor(app.url);
  const landed = textOf(await ken.signIn('ken.adeyemi'));
  expect(landed).toContain('Settings of the authority');
  expect(landed).toMatch(
    /Version 1 .*Nobody said who: found at a start .*No reason was given .*In use since \d+ \w+ 20\d\d at [\d:]+ .*[0-9a-f]{12}/,
  );
});

test('nobody else does, and that they came is on record', async () => {
  const got = await app.get('/settings', 'ola.berg');
  expect([got.status, await app.auditOf(got)]).toMatchObject([403, [{ action: 'operated', outcome: 'denied' }]]);
  expect((await app.get('/operations', 'ola.berg')).text).not.toContain('href="/settings"');
});
