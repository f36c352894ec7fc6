/** A session in a browser, with and without JavaScript: the warning before it ends, staying, and where it leads when it has ended. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { revoke } from '#lib/identity';
import { Pool } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { barriersOn, openBrowser, picture } from './support/browser.js';
import { QueryApp } from './support/query-app.js';
import { StoredOperations } from './support/stored-operations.js';

let app: QueryApp;
let pool: Pool;
let person: string;

// A browser on a busy machine.
jest.setTimeout(60_000);

beforeAll(async () => {
  app = await QueryApp.open();
  pool = new Pool({ connectionString: app.env.SESSIONS_URL! });
  const child = await app.people.record();
  person = child.person;
  await app.people.onCaseloadOf('amara.okafor', child.subject);
});
afterAll(async () => {
  await pool?.end();
  await app?.close();
});

async function enter(page: Page, reader: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel(reader).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A browser that is signed in and looks at a person, with a clock that the test turns. */
async function lookingAtSomebody(o: { javaScriptEnabled: boolean }): Promise<{ browser: Browser; page: Page; complaints: string[] }> {
  // One each: with its only window the packaged browser ends.
  const browser = await openBrowser();
  const page = await (await browser.newContext({ locale: 'en-GB', ...o })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.clock.install();
  await page.goto(`${app.url}/people/${person}`);
  await enter(page, 'Amara Okafor');
  expect(page.url()).toBe(`${app.url}/people/${person}`);
  return { browser, page, complaints };
}
/** So much later for the server. */
const laterBy = (seconds: number) =>
  pool.query('UPDATE session.session SET last_seen_at = last_seen_at - $1, started_at = started_at - $1', [seconds * 1000]);
/** The page is left on the way, so nobody can wait until its clock has gone so far. */
const halfAMinutePasses = (page: Page) => void page.clock.runFor(31_000).catch(() => undefined);
const warning = (page: Page) => page.getByRole('dialog', { name: 'You will be signed out soon' });

test('two minutes before the session ends a reader is warned, can stay by keyboard, and the page is clean for whoever can’t see it', async () => {
  const { browser, page, complaints } = await lookingAtSomebody({ javaScriptEnabled: true });
  await page.clock.runFor(31_000);
  expect(await warning(page).isVisible()).toBe(false);
  await laterBy(12 * 60 + 40);
  await page.clock.runFor(31_000);
  expect(await warning(page).isVisible()).toBe(false);
  // Between two times of asking.
  await laterBy(25);
  await page.clock.runFor(25_000);
  await warning(page).waitFor({ timeout: 3_000 });
  expect(await warning(page).innerText()).toMatch(/You will be signed out in (2 minutes|\d\d seconds)\./);
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Stay signed in');
  expect(await barriersOn(page)).toEqual([]);
  await picture(page, 'session-warning');
  await page.keyboard.press('Enter');
  await warning(page).waitFor({ state: 'hidden' });
  const { rows } = await pool.query<{ idle: string }>('SELECT min($1::bigint - last_seen_at) AS idle FROM session.session', [Date.now()]);
  expect(Number(rows[0]!.idle)).toBeLessThan(60_000);
  expect(complaints).toEqual([]);
  await browser.close();
});

test('where nobody answers how long it lasts, the reader is warned by what was known, and the service is not asked every second', async () => {
  const { browser, page } = await lookingAtSomebody({ javaScriptEnabled: true });
  // It has asked once.
  await page.waitForLoadState('networkidle');
  let asked = 0;
  await page.route('**/session', (route) => {
    asked += 1;
    return route.abort();
  });
  await page.clock.runFor(13 * 60_000 + 5_000);
  await warning(page).waitFor();
  expect(await warning(page).innerText()).toContain('You will be signed out in');
  const before = asked;
  await page.clock.runFor(20_000);
  expect(asked - before).toBeLessThanOrEqual(1);
  await browser.close();
});

test('a session that has ended leaves nothing of anybody on the screen, and leads back to where the reader was', async () => {
  const { browser, page } = await lookingAtSomebody({ javaScriptEnabled: true });
  await laterBy(15 * 60);
  halfAMinutePasses(page);
  await page.waitForURL(`${app.url}/timed-out`);
  expect(await page.locator('main').innerText()).toContain('You were signed out');
  expect(await barriersOn(page)).toEqual([]);
  await picture(page, 'timed-out');
  // Still known at the directory.
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${app.url}/people/${person}`);
  await browser.close();
});

test('a page that looks again by itself keeps nobody signed in, and is left as soon as the session is over', async () => {
  const stored = new StoredOperations(app.people.pool);
  const id = await stored.request({ state: 'running', takenAt: Date.now(), progress: { released: 7, refused: 1 } });
  const browser = await openBrowser();
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.clock.install();
  // The warning, which would notice too, hears nothing.
  await page.route('**/session', (route) => route.abort());
  await page.goto(`${app.url}/operations/requests/${id}`);
  await enter(page, 'Ola Berg');
  await page.getByText('This page looks again every 3 seconds.').waitFor();
  const seen = () => app.inSessions(`SELECT last_seen_at FROM session.session WHERE reader->>'id' = 'ola.berg'`);
  await laterBy(10 * 60);
  const before = await seen();
  await stored.pool.query(`UPDATE control.request SET progress = '{"released": 8, "refused": 1}'`);
  await page.clock.runFor(3_100);
  await page.locator('#progress', { hasText: /Applied and let go\s*8/ }).waitFor();
  expect(await seen()).toEqual(before);
  await laterBy(5 * 60);
  void page.clock.runFor(3_100).catch(() => undefined);
  await page.waitForURL(`${app.url}/timed-out`);
  expect(await page.locator('main').innerText()).toContain('You were signed out');
  await stored.clear();
  await browser.close();
});

test('so does one that was revoked, within half a minute', async () => {
  const { browser, page } = await lookingAtSomebody({ javaScriptEnabled: true });
  await revoke(pool, 'amara.okafor');
  halfAMinutePasses(page);
  await page.waitForURL(`${app.url}/timed-out`);
  await pool.query('DELETE FROM session.revoked');
  await browser.close();
});

test('near ten hours the warning says that nothing helps but signing in again', async () => {
  const { browser, page } = await lookingAtSomebody({ javaScriptEnabled: true });
  await pool.query('UPDATE session.session SET started_at = started_at - $1', [10 * 60 * 60_000 - 90_000]);
  await page.clock.runFor(31_000);
  await warning(page).waitFor();
  expect(await warning(page).innerText()).toContain('You have been signed in for 10 hours');
  expect(await page.getByRole('button', { name: 'Stay signed in' }).isVisible()).toBe(false);
  expect(await barriersOn(page)).toEqual([]);
  await browser.close();
});

test('without JavaScript the next click after 15 minutes leads to a plain page, and from there back', async () => {
  const { browser, page } = await lookingAtSomebody({ javaScriptEnabled: false });
  expect(await warning(page).isVisible()).toBe(false);
  await laterBy(15 * 60);
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  expect(page.url()).toBe(`${app.url}/timed-out`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(page.url()).toBe(`${app.url}/search`);
  await browser.close();
});
