import { textOf } from '../../../../test/support/pages.js';
import pg from 'pg';
import { applySettings, settingsOf } from '#lib/kept';
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

test('each version says field by field what it changed, as text and no markup', async () => {
  const client = new pg.Client(app.env.SESSIONS_URL);
  await client.connect();
  try {
    const first = (await settingsOf(client, 1)) as { name: string; services: { service: string }[] };
    const services = first.services.map((one) => (one.service === 'school' ? { ...one, toAge: 18 } : one));
    await applySettings(client, { ...first, name: '<b>Elsewhere</b>', services }, { by: 'ken.adeyemi', reason: 'agreed with schools' });
  } finally {
    await client.end();
  }
  const page = async (path: string) => app.getUnasked(path, 'ken.adeyemi');
  expect((await page('/settings')).text).toContain('href="/settings/2"');
  const second = await page('/settings/2');
  expect(textOf(second.text)).toMatch(/What it changed since version 1 .*services › school › toAge Was 20 Is 18 /);
  expect(textOf(second.text)).toContain('By ken.adeyemi: agreed with schools. Not in use yet.');
  expect(second.text).toContain('&lt;b&gt;Elsewhere&lt;/b&gt;');
  expect(second.text).not.toContain('<b>Elsewhere');
  expect(textOf(second.text)).not.toContain('fromAge');
  expect(textOf((await page('/settings/1')).text)).toMatch(/It is the first that was kept.*caseManagementSystem Was Not set Is "mosaic"/);
  for (const none of ['3', '0', '01', '1e0', 'x']) expect((await page(`/settings/${none}`)).status).toBe(404);
});

test('nobody else does, and that they came is on record', async () => {
  const got = await app.get('/settings', 'ola.berg');
  expect([got.status, await app.auditOf(got)]).toMatchObject([403, [{ action: 'operated', outcome: 'denied' }]]);
  const other = await app.get('/settings/1', 'ola.berg');
  expect([other.status, await app.auditOf(other)]).toMatchObject([403, [{ action: 'operated', outcome: 'denied' }]]);
  expect((await app.get('/operations', 'ola.berg')).text).not.toContain('href="/settings"');
});
