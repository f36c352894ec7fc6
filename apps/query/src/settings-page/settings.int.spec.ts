import { textOf } from '../../../../test/support/pages.js';
import { readFileSync } from 'node:fs';
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
  expect(textOf(second.text)).toMatch(
    /What it changed since version 1 .*Services and display rules .*School › Shown up to age services › school › toAge Was 20 Is 18 /,
  );
  expect(textOf(second.text)).toContain('By ken.adeyemi: agreed with schools. Not in use yet.');
  expect(second.text).toContain('&lt;b&gt;Elsewhere&lt;/b&gt;');
  expect(second.text).not.toContain('<b>Elsewhere');
  expect(textOf(second.text)).not.toContain('fromAge');
  const whole = textOf((await page('/settings/1')).text);
  expect(whole).toMatch(/It is the first that was kept.*Case management system caseManagementSystem Is mosaic /);
  expect(whole).toMatch(/mosaic › Owners sources › mosaic › owners Is Ruth Calder, ruth.calder@northbridge.example; Idris Vaughan, /);
  expect(whole).toMatch(/mosaic › Expected every \S+ › mosaic › expectedEvery Is 15 minutes /);
  expect(whole).not.toMatch(/["{}[\]]/);
  for (const none of ['3', '0', '01', '1e0', 'x', 'in-force-']) expect((await page(`/settings/${none}`)).status).toBe(404);
});

test('the settings in force stand on one page as a whole, in words, with what counts though no file says it', async () => {
  const { text: html } = await app.getUnasked('/settings/in-force', 'ken.adeyemi');
  const text = textOf(html);
  expect(text).toMatch(/They are version 1 , in use since \d/);
  for (const heading of ['Journeys and searching', 'Services and display rules', 'Sources', 'Roles and sign-in', 'Unusual use'])
    expect(html).toMatch(new RegExp(`<h2[^>]*>${heading}</h2>`));
  expect(text).toMatch(
    /Police How it is shown Shown For which ages 18 and over Limits Nothing is said to be current A maximum of 3 safeguarding offences is listed /,
  );
  expect(text).toContain('LiquidLogic liquidlogic in its events Service Early help Children’s social care Expected every');
  expect(text).toContain('Not listed, and so not shown at all: Health visitor, Children’s centre, GP,');
  expect(text).toMatch(/Mosaic mosaic in its events Service Children’s social care Expected every 15 minutes Late after 30 minutes /);
  expect(text).toMatch(/Synergy synergy in its events Service School Expected every 1 day Late after 30 hours /);
  expect(text).toMatch(/Pairs that two stewards decide One in 10,/);
  expect(text).not.toMatch(/["{}[\]]|undefined|null/);
  for (const said of wordsIn(JSON.parse(readFileSync(app.env.AUTHORITY_FILE!, 'utf8')))) expect(text).toContain(said);
});

/** What a file says in its own words: names, numbers to ring, conditions, teams. Not its codes and durations, which have others. */
function wordsIn(said: unknown): string[] {
  if (typeof said === 'string') return /[ @.]/.test(said) ? [said] : [];
  return typeof said === 'object' && said !== null ? Object.values(said).flatMap(wordsIn) : [];
}

test('nobody else does, and that they came is on record', async () => {
  const got = await app.get('/settings', 'ola.berg');
  expect([got.status, await app.auditOf(got)]).toMatchObject([403, [{ action: 'operated', outcome: 'denied' }]]);
  const other = await app.get('/settings/1', 'ola.berg');
  expect([other.status, await app.auditOf(other)]).toMatchObject([403, [{ action: 'operated', outcome: 'denied' }]]);
  expect((await app.get('/operations', 'ola.berg')).text).not.toContain('href="/settings"');
});
