/** An operator's day by clicking: a build, a comparison, a switch and a roll-back, with the upkeep that does them. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readAudit } from '#lib/audit';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import { startProjector } from '../apps/projector/src/start.js';
import { startQuery } from '../apps/query/src/start.js';
import { appEnv } from './support/app-env.js';
import { Desk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { openedInvolvements } from './support/opened-involvements.js';
import { SealedLog } from './support/sealed-log.js';
import { StoredOperations } from './support/stored-operations.js';

let query: string, auditUrl: string;
let desk: Desk, page: Page;
let log: SealedLog;
let pool: ReadModelPool;
const running: { stop(): Promise<void> }[] = [];

// A browser on a busy machine; axe alone takes a second a page.
jest.setTimeout(90_000);

const EVENTS = 1_200;
const held = async () => (await pool.query<{ count: number }>('SELECT count(*) FROM read_1.involvement')).rows[0]?.count;

beforeAll(async () => {
  const env = await appEnv({ LOG_LEVEL: 'silent', PROJECTOR_CHECK_SECONDS: '0', PROJECTOR_BATCH: '50' });
  auditUrl = env.AUDIT_URL!;
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!, { max: 2 });
  running.push(await startProjector(env), await startProjector({ ...env, PROJECTOR_TASK: 'upkeep' }));
  await new StoredOperations(pool).aMonthOf('mosaic');
  const { url, stop } = await startQuery(env);
  running.push({ stop });
  query = url;
  await log.publish(openedInvolvements(EVENTS));
  await log.publishRaw([{ key: '88888888-0000-0000-0000-000000000000', value: Buffer.from('noise that nobody can read') }]);
  await soon('all being folded', async () => (await held()) === EVENTS);
  desk = await Desk.open(query);
  ({ page } = desk);
});

afterAll(async () => {
  await desk?.close();
  for (const { stop } of running.reverse()) await stop();
  await log?.close();
  await pool?.end();
});

async function look(name: string): Promise<string> {
  const text = await desk.look(`operations-${name}`);
  await desk.fits(name);
  return text;
}
const soon = (what: string, look: () => Promise<boolean>) => eventually(what, look, { within: 60_000 });
const ofProgress = () => page.locator('#progress').innerText();
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (name: string | RegExp) => page.getByRole('link', { name }).first().click();
const why = (reason: string) => page.getByRole('textbox', { name: 'Why', exact: true }).fill(reason);

test('Ola signs in and sees at once what wants a look', async () => {
  await desk.signIn('Ola Berg');
  expect(page.url()).toBe(`${query}/operations`);
  const text = await look('overview');
  expect(text).toMatch(/Look at: \d+ things/);
  expect(text).toContain('1 event parked');
  expect(text).toContain('CIS is late: not heard from yet');
  expect(text).toContain('Generation 1 is live since');
  expect(await page.locator('header').innerText()).not.toContain('Search');
});

test('she looks at the sources, one of them closely, and at the balance', async () => {
  await follow(/^Sources/);
  const text = await look('sources');
  // Upkeep watches meanwhile: on a busy machine a minute of today may be late.
  expect(text).toMatch(/30 days: (24 on time, 3|23 on time, 4) late \(2 hours in all\), 2 missing, 1 not watched/);
  expect(text).toMatch(/30 days: (30 not watched|1 missing, 29 not watched)/);
  await page.getByRole('main').getByRole('link', { name: 'Mosaic' }).first().click();
  expect(await look('source')).toContain('The last 30 days');
  await follow('Balance');
  const balance = await look('balance');
  expect(balance).toContain('Every source and day balances.');
  expect(balance).toContain('All 1,201 events that the checkpoints have passed are counted as received.');
});

test('she builds a new generation beside the live one, slowly, and follows it without touching anything', async () => {
  await follow('Generations');
  await page.getByRole('button', { name: 'Build a new one' }).click();
  expect(await page.locator('main').innerText()).toContain('1,201 events will be folded');
  await press('Build it');
  expect(await look('build-with-a-problem')).toContain('Enter a reason');
  await page.getByRole('link', { name: 'Enter a reason' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('reason');
  await page.getByLabel('Events a second, at most').fill('30');
  await why('names are normalised anew');
  await press('Build it');
  await soon('the page renewing itself', async () => /[1-9]\d? %/.test(await ofProgress()));
  const text = await look('build-under-way');
  expect(text).toContain('Generation 2 is being built');
  expect(text).toContain('This page looks again every 3 seconds. Stop looking again');
  expect(text).toMatch(/Time left\s+(about|can’t be told)/);
});

test('she stops the page from renewing itself, pauses the build, resumes it and lifts its limit', async () => {
  await press('Stop looking again');
  expect(await page.locator('[data-look-again]').innerText()).toBe('Stopped. Look again');
  for (const [link, button, words] of [
    ['Pause the build', 'Pause it', 'Paused while'],
    ['Resume the build', 'Resume it', 'The build goes on.'],
  ] as const) {
    await page.getByRole('link', { name: link }).click();
    await why('to see that it can be done');
    await press(button);
    expect(await page.locator('main').innerText()).toContain(words);
  }
  await page.getByRole('link', { name: 'Slow down, or lift the limit' }).click();
  expect(await page.getByLabel('Events a second, at most').inputValue()).toBe('30');
  await page.getByLabel('Events a second, at most').fill('');
  await why('the night is short');
  await press('Set the limit');
  await page.waitForURL(/done=slow-down/);
  await soon('it being ready', async () => {
    await page.reload();
    return (await page.locator('main').innerText()).includes('Ready, keeps up');
  });
});

test('a switch before comparing is refused in the engine’s own words; after comparing it is made', async () => {
  await page.getByRole('link', { name: /^Switch to it/ }).click();
  await why('it is ready');
  await press('Switch');
  expect(await look('switch-refused')).toContain('Generation 2 was never compared with the live one.');
  await page.getByRole('link', { name: 'Compare it first', exact: true }).click();
  await why('before the switch');
  await press('Compare');
  await soon('the comparison ending', async () => (await ofProgress()).includes('no differences'));
  expect(await look('compared')).toMatch(/Differences\s+0/);
  await follow('Generations');
  expect(await look('generations')).toMatch(/no differences in [\d,]+ rows \(everything\)/);
  await page.getByRole('link', { name: /^Switch to it/ }).click();
  await why('compared, the same');
  await look('switch');
  await press('Switch');
  expect(await page.locator('main').innerText()).toContain('Readers see another generation from now on.');
});

test('she rolls back to the first generation with the keyboard alone', async () => {
  await page.getByRole('link', { name: /^Roll back to it/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/1\/switch/);
  for (let tab = 0; tab < 30 && (await page.evaluate('document.activeElement.id')) !== 'reason'; tab++) await page.keyboard.press('Tab');
  await page.keyboard.type('only a rehearsal');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=switch/);
  const live = page.getByRole('row').filter({ has: page.getByText('Live', { exact: true }) });
  expect(await live.getByRole('rowheader').innerText()).toBe('1');
});

test('she sees what is parked, why, and for how long', async () => {
  await page.goto(`${query}/operations/parked`);
  expect(await look('parked')).toMatch(/wait here with their exact bytes: 1 event[^]*not readable[^]*undecodable/);
  await press('Discard');
  expect(await look('discard')).toContain('They are let go for good and never applied.');
});

test('without JavaScript she redrives what is parked, reads that it can’t be folded still, and discards it', async () => {
  const signedIn = page.context();
  const plain = await signedIn.browser()!.newContext({ javaScriptEnabled: false });
  await plain.addCookies(await signedIn.cookies());
  const withScript = page;
  page = await plain.newPage();
  for (const [button, act, outcome] of [
    ['Redrive', 'Redrive', 'Still parked'],
    ['Discard', 'Discard', 'Discarded'],
  ] as const) {
    await page.goto(`${query}/operations/parked`);
    await page.getByLabel('Reason').selectOption('undecodable');
    await press(button);
    expect(await page.locator('main').innerText()).toContain('This is about 1 event with the reason undecodable, the oldest parked for');
    await why('somebody’s test');
    await press(act);
    await soon(`${act} being done`, async () => {
      const link = page.getByRole('main').getByRole('link', { name: 'Look again' });
      if ((await link.count()) > 0) await link.click();
      return (await ofProgress()).includes(outcome) && (await link.count()) === 0;
    });
  }
  await page.goto(`${query}/operations/parked`);
  expect(await page.locator('main').innerText()).toContain('Nothing is parked');
  await page.close();
  page = withScript;
});

test('she counts what would be applied again, and applies it', async () => {
  await page.goto(`${query}/operations/replay`);
  await press('Count first');
  expect(await look('replay-with-a-problem')).toMatch(/Choose what to apply again\s+Choose from where on/);
  await page.getByLabel('One source').check();
  await page.getByLabel('Which source').selectOption('synergy');
  await page.getByLabel('The beginning of the logs').check();
  await press('Count first');
  await soon('the count', async () => (await ofProgress()).includes('Events that would be applied again'));
  await page.reload();
  expect(await look('counted')).toMatch(/Events that would be applied again\s+400/);
  await page.getByRole('button', { name: 'Apply again' }).click();
  expect(await look('apply-again')).toContain('400 events would be applied again, of 1,201 events to be read: source Synergy.');
  await why('to be sure');
  await press('Apply again');
  await soon('it being applied', async () => /Done[^]*Events applied again\s+400/.test(await ofProgress()));
  await page.goto(`${query}/operations/requests`);
  expect(await look('requests')).toContain('Count what would be applied again');
});

test('the browser found nothing to complain about: no script, no style and no picture was refused', () => {
  expect(desk.complaintsBut(400, 404, 409, 503)).toEqual([]);
});

test('every act of the day is on record, with its reason', async () => {
  const rows = (await readAudit(auditUrl, { last: 500 })).filter(({ action }) => action === 'operated');
  expect(rows.map(({ shown, reason, outcome }) => [String(shown?.verb), reason, outcome])).toEqual([
    ['rebuild', 'names are normalised anew', 'done'],
    ['rebuild/pause', 'to see that it can be done', 'done'],
    ['rebuild/resume', 'to see that it can be done', 'done'],
    ['rebuild/slow-down', 'the night is short', 'done'],
    ['switch', 'it is ready', 'done'],
    ['switch', 'it is ready', 'refused'],
    ['compare', 'before the switch', 'done'],
    ['switch', 'compared, the same', 'done'],
    ['switch', 'only a rehearsal', 'done'],
    ['redrive', 'somebody’s test', 'done'],
    ['discard', 'somebody’s test', 'done'],
    ['replay', 'Counted before applying again', 'done'],
    ['replay', 'to be sure', 'done'],
  ]);
});
