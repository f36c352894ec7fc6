/** An officer's day by clicking, with and without JavaScript: who looked, what was typed, what is unusual; no barrier on any page. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { AuditLog } from '#lib/audit';
import type { Page } from 'playwright-core';
import { Desk } from './support/desk.js';
import { QueryApp } from './support/query-app.js';
import { madeUpName, name } from './support/stored-people.js';

let app: QueryApp;
let desk: Desk, page: Page;
const desks: Desk[] = [];
let family: string, recordId: string;
// A browser on a busy machine; axe alone takes a second a page.
jest.setTimeout(120_000);

beforeAll(async () => {
  app = await QueryApp.open();
  family = madeUpName();
  const child = await app.people.record({ names: [name(family, 'Ada')] });
  ({ recordId } = child);
  await app.search({ familyName: family });
  await app.get(`/people/${child.person}/services/school`);
  const log = await AuditLog.open({ url: app.env.AUDIT_URL! });
  const { person } = child;
  const override = {
    action: 'overridden',
    reason: 'section-47',
    reference: 'C-4711',
    reader: 'priya.nair',
    role: 'team-manager',
    team: 'Assessment East',
  } as const;
  await log.record([{ ...override, at: Date.now() - 60_000, outcome: 'done', requestId: randomUUID(), person, subjects: [child.subject] }]);
  await log.close();
});
afterAll(async () => {
  for (const one of desks) await one.close();
  await app?.close();
});

async function enter(javaScriptEnabled: boolean, who: string): Promise<void> {
  desk = await Desk.open(app.url, { javaScriptEnabled });
  desks.push(desk);
  ({ page } = desk);
  await desk.signIn(who);
}
const press = (name: string) => desk.press(name);
const follow = (name: string | RegExp) => page.getByRole('main').getByRole('link', { name }).first().click();
async function look(name: string): Promise<string> {
  const text = await desk.look(`audit-${name}`, new RegExp([family, recordId, 'amara'].join('|'), 'i'));
  await desk.fits(name);
  return text;
}

test('Ingrid sees who looked at a child, without reading the child’s name', async () => {
  await enter(true, 'Ingrid Gough');
  expect(page.url()).toBe(`${app.url}/audit`);
  expect(await page.locator('header').innerText()).not.toContain('Search');
  await press('Show who looked');
  expect(await look('ask-with-a-problem')).toContain('Enter the ID');
  await page.getByLabel('ID in that database').fill(recordId);
  await press('Show who looked');
  const text = await look('who-looked');
  expect(text).toContain('amara.okafor');
  expect(text).toMatch(/priya\.nair[^]*Opened a restricted record[^]*Section 47 enquiry, C-4711/);
  expect(text.toUpperCase()).not.toContain(family.toUpperCase());
  await follow('The person’s own report');
  expect(await look('report')).toMatch(/Who looked at your information[^]*Team manager, Assessment East/);
});

test('she follows a reader, and opens what they typed for a reason', async () => {
  await page.goto(`${app.url}/audit`);
  await page.getByLabel('User name').fill('amara.okafor');
  await press('Show what they looked at');
  expect(await look('what-they-looked-at')).toContain('Searched');
  await page.getByRole('row').filter({ hasText: 'Searched' }).first().getByRole('link').first().click();
  expect((await look('entry')).toUpperCase()).not.toContain(family.toUpperCase());
  await page.getByLabel('Why you need to read it').fill('complaint 12');
  await press('Open what was typed');
  expect(await look('what-was-typed')).toContain(family);
});

test('without JavaScript she runs the rules and decides what they found', async () => {
  await enter(false, 'Ingrid Gough');
  const text = () => page.locator('main').innerText();
  await page.goto(`${app.url}/audit/unusual`);
  await press('Run the rules');
  expect(await text()).toMatch(/New: \d+ finding/);
  await follow(/^Restricted record opened/);
  await page.getByLabel('Justified').check();
  await page.getByLabel('Why', { exact: true }).fill('section 47, the strategy meeting was that day');
  await press('Decide');
  expect(await text()).toMatch(/State: Justified/);
});

test('she goes through the lists, the export and the findings', async () => {
  await enter(true, 'Ingrid Gough');
  for (const list of ['overrides', 'refused', 'asked', 'reasons', 'readers']) {
    await page.goto(`${app.url}/audit/looks/${list}`);
    await look(list);
  }
  await page.goto(`${app.url}/audit/export`);
  await look('export');
  await page.goto(`${app.url}/audit/unusual?state=any`);
  await look('unusual');
  await follow(/^Restricted record opened/);
  expect(await look('finding')).toMatch(/State: Justified/);
  await press('Decide');
  expect(await look('finding-with-a-problem')).toContain('Choose justified or upheld');
});

test('Priya sees her own team, and that it is no more', async () => {
  await enter(true, 'Priya Nair');
  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  expect(await look('of-a-team')).toContain('You see what was done in the team Assessment East');
});

test('the browser found nothing to complain about', () => {
  expect(desks.flatMap((one) => one.complaintsBut(400, 404, 409))).toEqual([]);
});
