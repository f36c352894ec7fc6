import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readAudit } from '#lib/audit';
import { AllProcesses } from './support/all-processes.js';
import { scrollsSideways } from './support/browser.js';
import { Desk } from './support/desk.js';
import { postEvents } from './support/post-events.js';
import { readable } from './support/readable.js';
import { family } from './support/williams-family.js';
import { withoutAudit } from './support/without-audit.js';

/** An id of the right form that nobody has. */
const NOBODY = '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';

let desk: Desk;
let page: Page;
let index: AllProcesses;
let query: string;
let auditUrl: string;
const started = Date.now();

// A browser on a busy machine; axe alone takes a second a page.
jest.setTimeout(60_000);

beforeAll(async () => {
  index = await AllProcesses.start({ LOG_LEVEL: 'silent' });
  [query, auditUrl] = [index.queryUrl, index.env.AUDIT_URL!];
  for (const [source, events] of Object.entries(family(Date.now()))) await postEvents(index.ingestUrl, source, events);
  await readable(index.env.READ_MODEL_URL!, { involvements: 6, sources: 8 });
  desk = await Desk.open(query);
  ({ page } = desk);
});

afterAll(async () => {
  await desk?.close();
  await index?.stop();
});

/** Every page of the visit: nothing of a person in title or address. */
const look = (name: string) => desk.look(name, /williams|tommy|2012|249012/i);

test('a page asked for without signing in leads to the sign-in page', async () => {
  await page.goto(`${query}/search`);
  expect(page.url()).toBe(`${query}/sign-in`);
  await look('sign-in');
});

test('from there it goes to the directory, which asks who she is', async () => {
  await desk.press('Sign in');
  expect(page.url()).toMatch(/\/choose\//);
  expect(await look('directory')).toContain('This stands in for an authority’s own sign-in');
  await desk.press('Sign in');
  expect(await look('directory-with-a-problem')).toContain('Choose who you are');
});

test('Amara signs in and finds the search page', async () => {
  await page.getByLabel('Amara Okafor').check();
  await desk.press('Sign in');
  expect(await look('search')).toContain('Find Service Involvement');
  expect(await page.locator('header').innerText()).toContain('Amara Okafor');
});

test('a form sent empty says what to enter, and its link leads to the field', async () => {
  await desk.press('Find by name');
  expect(await look('search-with-a-problem')).toContain('Enter the first name and last name');
  await page.getByRole('link', { name: 'Enter the first name and last name' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('familyName');
});

test('she searches by the names she knows and finds the child under another spelling, with the reason', async () => {
  await page.getByLabel('Family name').fill('Wiliams*');
  await page.getByLabel('First name').fill('Tom');
  await desk.press('Find by name');
  const text = await look('results');
  expect(text).toContain('Please note: once selecting an individual from the list below');
  expect(text).toMatch(/WILLIAMS, Tommy\s+12 May 2012\s+14 yrs/);
  ids.thomas = idIn(await linkTo('View WILLIAMS, Thomas'));
});

/** Who was met on the way, by their opaque ids. */
const ids: Record<string, string> = {};
const linkTo = async (name: string | RegExp) => (await page.getByRole('link', { name }).getAttribute('href')) ?? '';
const idIn = (url: string) => /people\/([0-9a-f-]{36})/.exec(url)?.[1] ?? '';

test('with the keyboard alone she chooses the child, who is on nobody’s caseload here, and is asked why', async () => {
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to main content');
  await page.keyboard.press('Enter');
  for (let press = 0; press < 20 && !(await focused()).startsWith('View WILLIAMS, Tommy'); press++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/people\/[0-9a-f-]+\/reason\?/);
  expect(await look('reason')).toContain('Why do you need to see this record?');
  await desk.press('Continue to the record');
  expect(await look('reason-with-a-problem')).toContain('Select why you need to see this record');
});

test('she says why, and reads the states of the services', async () => {
  await desk.sayWhy();
  const text = await look('person');
  expect(await page.locator('h1').innerText()).toBe('WILLIAMS, Tommy');
  expect(text).toContain('Involved now');
  expect(text).toMatch(
    /Involved when last checked, .*\s+Covers the period 1 Jan 2015 to now · Northbridge\s+This source has not said that it is complete since/,
  );
  expect(text).not.toContain('Priya Nair');
  expect(text).toContain('WILLIAMS, Kate');
  for (const name of ['WILLIAMS, Tommy', 'WILLIAMS, Kate', 'PIERCE, Dominic', 'PIERCE, Ella']) expect(text).toContain(name);
  ids.tommy = idIn(page.url());
  for (const name of ['Kate', 'Dominic', 'Ella']) ids[name.toLowerCase()] = idIn(await linkTo(new RegExp(`View .*${name}`)));
});
const focused = async (): Promise<string> => page.evaluate<string>('document.activeElement.textContent');

test('she opens the panel of children’s social care and sees whom to ring', async () => {
  await page.getByRole('link', { name: '+ Open Children’s social care' }).click();
  await page.getByText('Priya Nair').waitFor();
  const text = await look('person-with-an-open-panel');
  expect(text).toContain('Priya Nair');
  expect(await page.getByRole('link', { name: '01632 960 118' }).getAttribute('href')).toBe('tel:01632960118');
});

test('a second panel opens beside the first, and closes by itself', async () => {
  await page.getByRole('link', { name: '+ Open School' }).click();
  await page.getByText('Mill Lane High School').first().waitFor();
  expect(await look('person-with-two-open-panels')).toMatch(/Priya Nair[^]*Mill Lane High School/);
  await page.getByRole('link', { name: '− Close School' }).click();
  expect(await page.locator('main').innerText()).not.toContain('Mill Lane High School');
});

test('on a phone, and enlarged to 200 and 400 per cent, nothing has to be scrolled sideways; the related individuals come after the panels', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await scrollsSideways(page)).toBe(false);
  const top = async (heading: string) => (await page.getByRole('heading', { name: heading }).boundingBox())!.y;
  expect(await top('Related individuals from Mosaic')).toBeGreaterThan(await top('Police: Niche'));
  for (const width of [320, 590]) {
    await page.setViewportSize({ width, height: 600 });
    expect(await scrollsSideways(page)).toBe(false);
  }
  await page.setViewportSize({ width: 1180, height: 900 });
});

test('she reads why the police were not checked, and whom to ask', async () => {
  await page.getByRole('link', { name: 'Why, and whom to ask (Police)' }).click();
  expect(await look('conditions')).toContain('the police Central Referral Unit');
  await page.getByRole('link', { name: 'Back to the person' }).click();
  expect(await page.locator('main').innerText()).toContain('Priya Nair');
});

test('she reads what is in the index and what the public is told, and meets a page that is not there', async () => {
  await page.goto(`${query}/what-is-in-the-index`);
  expect(await look('what-is-in-the-index')).toContain('ChildView');
  await page.goto(`${query}/privacy`);
  expect(await look('privacy')).toContain('how to ask who looked');
  await page.goto(`${query}/people/${NOBODY}`);
  await desk.sayWhy();
  expect(await look('not-found')).toContain('Page not found');
});

test('while nothing can be recorded she sees the desks to ring instead of the child', async () => {
  await withoutAudit(auditUrl, () => page.goto(`${query}/people/${ids.tommy}`));
  const text = await look('not-available');
  expect(text).toContain('do not read it as “not involved”');
  expect(text).not.toMatch(/williams|tommy/i);
});

test('her caseload is empty, which is said plainly, and the child stands under those she viewed last', async () => {
  await page.goto(`${query}/caseload`);
  const text = await look('caseload');
  expect(text).toMatch(/No open involvement names you\.[^]*Recently viewed[^]*WILLIAMS, Tommy/);
});

test('she reads what it means to say that she knows the child', async () => {
  await page.goto(`${query}/people/${ids.tommy}/known`);
  expect(await look('i-know-this-person')).toContain('their record is closed to you from now on');
});

test('a case ID leads straight to the child', async () => {
  await page.goto(`${query}/search`);
  await page.getByRole('textbox', { name: 'Case ID' }).fill('249012');
  await desk.press('Find by case ID');
  expect(await page.locator('h1').innerText()).toBe('WILLIAMS, Tommy');
});

test('she sees where she is signed in', async () => {
  await page.getByRole('banner').getByRole('link', { name: 'Amara Okafor' }).click();
  expect(await look('sessions')).toContain('Where you are signed in');
  await page.goBack();
});

test('she ends the session, here and at the directory, and the way back is closed', async () => {
  await desk.press('End session');
  await page.waitForURL(/\/session\/end/);
  expect(await look('directory-signing-out')).toContain('You are signed out of the index');
  await desk.press('Sign out here as well');
  await page.waitForURL(`${query}/signed-out`);
  expect(await look('signed-out')).toContain('You are signed out');
  await page.goto(`${query}/people/${ids.tommy}`);
  expect(page.url()).toBe(`${query}/sign-in`);
  expect(await page.locator('body').innerText()).not.toContain('WILLIAMS');
  await desk.press('Sign in');
  expect(await page.locator('main').innerText()).toContain('Who are you?');
});

test('the browser found nothing to complain about: no script, no style and no picture was refused', () => {
  expect(desk.complaintsBut(400, 404, 503)).toEqual([]);
});

test('the audit log holds the visit, act by act, with who was shown each time', async () => {
  const rows = (await readAudit(auditUrl, { last: 500 })).filter(({ reader }) => reader !== null);
  const nameOf = (person: string | null) => Object.keys(ids).find((name) => ids[name] === person) ?? person ?? '';
  const told = rows.map(({ action, person, outcome, shown }) => {
    const service = action === 'opened-panel' ? String(shown?.service) : '';
    return [action, nameOf(person), service, outcome === 'done' ? '' : outcome].filter(Boolean).join(' ');
  });
  const person = ['viewed-person tommy', ...['tommy', 'kate', 'dominic', 'ella'].map((name) => `viewed-relationships ${name}`)];
  const [socialCare, school] = ['opened-panel tommy childrens-social-care', 'opened-panel tommy school'];
  const visit = [
    ['signed-in'],
    ['searched', 'shown-in-results tommy', 'shown-in-results thomas'],
    ['viewed-person tommy denied', 'gave-reason tommy'],
    person,
    // Opened where they stand: nothing but the panel is asked again, and closing one asks nothing.
    [socialCare],
    [school],
    // Back from the conditions of the police, which are about nobody.
    [...person, socialCare],
    [`viewed-person ${NOBODY} denied`, `gave-reason ${NOBODY}`, `viewed-person ${NOBODY} nothing-found`],
    ['shown-in-results', 'shown-in-results tommy'],
    ['searched', 'led-to-person tommy'],
    person,
    // Back from where she is signed in, which is about nobody but herself.
    person,
    ['signed-out'],
  ];
  expect(told).toEqual(visit.flat());
  for (const { reader, role, team, at } of rows) {
    expect([reader, role, team]).toEqual(['amara.okafor', 'social-worker', 'Assessment East']);
    expect(at).toBeGreaterThanOrEqual(started);
  }
  expect(rows.find(({ action, outcome }) => action === 'viewed-person' && outcome === 'done')).toMatchObject({
    reason: 'section-47',
    reference: 'none-yet',
    shown: { states: { 'childrens-social-care': 'involved-now', 'early-help': 'involved-before', police: 'not-checked' } },
    freshness: { childview: { late: true }, mosaic: { late: false } },
    generation: 1,
  });
  expect(JSON.stringify(rows)).not.toMatch(/williams|tommy|249012/i);
});
