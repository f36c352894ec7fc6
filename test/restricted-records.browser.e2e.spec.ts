/** The separate way in to a restricted record, and a record that closes itself to whoever knows the person: in a browser, without barriers. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Desk } from './support/desk.js';
import { QueryApp } from './support/query-app.js';
import { name } from './support/stored-people.js';

let app: QueryApp;
let desk: Desk;
let page: Page;
let restricted: { person: string; recordId: string };
let onCaseload: { person: string; subject: string };

// A browser on a busy machine; axe alone takes a second a page.
jest.setTimeout(60_000);

beforeAll(async () => {
  app = await QueryApp.open();
  restricted = await app.people.record({ names: [name('Williams', 'Tommy')], restriction: 'restricted' });
  onCaseload = await app.people.record({ names: [name('Pierce', 'Ella')] });
  await app.people.onCaseloadOf('priya.nair', onCaseload.subject);
  desk = await Desk.open(app.url);
  ({ page } = desk);
  await desk.signIn('Priya Nair');
});
afterAll(async () => {
  await desk?.close();
  await app?.close();
});

const look = (as: string) => desk.look(as, /williams|tommy|pierce|ella/i);

test('a team manager finds the way in on the search page, is warned, and is told what is missing', async () => {
  await page.getByRole('link', { name: 'Restricted records' }).click();
  expect(await look('restricted-records')).toContain('Open a restricted record only if you must');
  await page.getByRole('button', { name: 'Open the restricted record' }).click();
  await page.getByRole('link', { name: 'Enter the Case ID' }).click();
  expect(await page.evaluate('document.activeElement.id')).toBe('caseId');
});

test('with case ID and reason the record opens, and every page of it says that it is restricted', async () => {
  await page.getByRole('textbox', { name: 'Case ID' }).fill(restricted.recordId);
  await page.getByLabel('Strategy meeting').check();
  await page.getByLabel('There is none yet').check();
  await page.getByRole('button', { name: 'Open the restricted record' }).click();
  const text = await look('restricted-record-open');
  expect(text).toContain('Restricted record. The information governance officers have been told that you opened it.');
  expect(await page.locator('h1').innerText()).toBe('WILLIAMS, Tommy');
});

test('another page closes it again: going back asks why, like anybody’s record', async () => {
  await page.getByRole('link', { name: 'My caseload' }).click();
  expect(await look('caseload-of-a-manager')).toContain('PIERCE, Ella');
  await page.goto(`${app.url}/people/${restricted.person}`);
  expect(await page.locator('h1').innerText()).toBe('Why do you need to see this record?');
});

test('who says to know somebody on their own caseload finds the record closed, with whom to ask', async () => {
  await page.goto(`${app.url}/people/${onCaseload.person}`);
  await page.getByRole('link', { name: 'I know this person' }).click();
  expect(await look('i-know-this-person')).toContain('Do you know this person?');
  await page.getByRole('button', { name: 'I know this person' }).click();
  expect(await look('said-to-know')).toContain('It is on record that you know this person');
  await page.goBack();
  await page.goBack();
  await page.reload();
  expect(await look('closed-to-whoever-knows')).toContain('This record is closed to you');
});
