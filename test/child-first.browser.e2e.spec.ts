/** The journey that goes by a child first, in a browser, with JavaScript and without. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readAudit } from '#lib/audit';
import { scrollsSideways, tooNarrow } from './support/browser.js';
import { changedAuthority } from './support/changed-authority.js';
import { Desk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { QueryApp } from './support/query-app.js';
import { address, born, name } from './support/stored-people.js';

/** Longer than any column is wide, and nowhere to be broken. */
const EMAIL = 'priyanka.nair.okonkwo@childrens.services.northbridge.example';
const WIDTHS = [390, 768, 1024, 1180, 1210, 1440];

let app: QueryApp;
const ids: Record<string, string> = {};

// A browser on a busy machine; axe alone takes a second a page.
jest.setTimeout(60_000);

const NOBODY = { name: null, role: null, phone: null, email: null, outOfHoursPhone: null, outOfHoursName: null, readerId: null };
beforeAll(async () => {
  app = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ journeys: ['child-first', 'search-any'] }) });
  const { people } = app;
  const addresses = [address('4 Mill Row', 'NB4 2QT', { from: '2026-09-03' })];
  const tommy = await people.record({ recordId: '249012', names: [name('Williams', 'Tommy')], dateOfBirth: born('2012-05-12'), addresses });
  const kate = await people.record({ names: [name('Williams', 'Kate')], dateOfBirth: born('1992-02-03'), addresses });
  const joan = await people.record({ names: [name('Williams', 'Joan')], dateOfBirth: born('1960-02-03') });
  await people.link(tommy.subject, kate.subject, 'parent', { mainCarer: true });
  await people.link(kate.subject, joan.subject, 'parent');
  const practitioner = { ...NOBODY, name: 'Priya Nair', phone: '01632 960 118', email: EMAIL };
  await people.involvement(tommy.subject, { practitioner, coordinating: true });
  await people.involvement(tommy.subject, { source: 'synergy', service: 'school', practitioner: { ...practitioner, name: 'Sam Reid' } });
  await people.involvement(kate.subject, {
    source: 'northbridge-homes',
    service: 'housing',
    team: 'Tenancy team',
    teamPhone: '01632 960 151',
  });
  Object.assign(ids, { tommy: tommy.person, kate: kate.person, joan: joan.person });
});
afterAll(() => app?.close());

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])('Child first, %j', ({ javaScriptEnabled }) => {
  let desk: Desk;
  let page: Page;
  const asked: string[] = [];

  beforeAll(async () => {
    desk = await Desk.open(app.url, { javaScriptEnabled });
    ({ page } = desk);
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await desk.signIn('Amara Okafor');
  });
  afterAll(() => desk?.close());

  const look = (named: string) => desk.look(`${named}${javaScriptEnabled ? '' : '-without-javascript'}`, /williams|tommy|2012|249012/i);

  test('she chooses the journey, and the search finds the child alone', async () => {
    await page.getByRole('link', { name: 'A child first' }).click();
    expect(await look('search-child-first')).toContain('The individuals linked to the child are opened from the child’s page.');
    await page.getByLabel('Family name').fill('Williams');
    await page.getByRole('button', { name: 'Find by name' }).click();
    const text = await look('results-child-first');
    expect(text).toContain('WILLIAMS, Tommy');
    expect(text).not.toMatch(/Kate|Joan/);
    await page.getByRole('link', { name: 'View WILLIAMS, Tommy' }).click();
    await desk.sayWhy();
    expect(await look('child')).toContain('Related individuals from Mosaic');
  });

  test('a panel opens where it stands, or on the next page, and keeps the focus on what opened it', async () => {
    asked.length = 0;
    const toggle = page.getByRole('link', { name: 'Children’s social care' }).filter({ hasText: '+ Open' });
    expect(await toggle.getAttribute('aria-expanded')).toBe(javaScriptEnabled ? 'false' : null);
    await toggle.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Priya Nair').waitFor();
    expect(asked[0]).toBe(`/people/${ids.tommy}/${javaScriptEnabled ? 'panels' : 'services'}/childrens-social-care`);
    expect(new URL(page.url()).pathname).toBe(`/people/${ids.tommy}/services/childrens-social-care`);
    if (javaScriptEnabled) {
      const focused = await page.evaluate<[string, string]>('[document.activeElement.textContent, document.activeElement.ariaExpanded]');
      expect(focused).toEqual(['− Close Children’s social care', 'true']);
    }
    expect(await look('child-with-an-open-panel')).toContain('Lead practitioner');
    expect(await page.locator('main').innerText()).not.toContain('Sam Reid');
  });

  test('all open, and all close: what is closed is not on the page', async () => {
    await page.getByRole('link', { name: 'Open all' }).click();
    await page.getByText('Sam Reid').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/people/${ids.tommy}/services/all`);
    await page.reload();
    expect(await page.locator('main').innerText()).toMatch(/Priya Nair[^]*Sam Reid/);
    await page.getByRole('link', { name: 'Close all' }).click();
    await page.getByText('Sam Reid').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('Priya Nair');
    expect(new URL(page.url()).pathname).toBe(`/people/${ids.tommy}`);
  });

  test('she opens the mother, one hop on, and there is no next one', async () => {
    await page.getByRole('link', { name: 'View WILLIAMS, Kate' }).click();
    const text = await look('one-hop-from-a-child');
    expect(text).toContain('Mother of WILLIAMS, Tommy');
    expect(text).not.toContain('Joan');
    expect(await page.getByRole('link', { name: 'Family' }).count()).toBe(0);
    const address = page.url();
    await page.goto(`${app.url}/people/${ids.joan}?child=${ids.tommy}`);
    await desk.sayWhy();
    expect(await page.locator('h1').innerText()).toBe('Page not found');
    await page.goto(address);
    await page.getByRole('link', { name: 'Back to the child' }).first().click();
    expect(await page.locator('h1').innerText()).toBe('WILLIAMS, Tommy');
  });

  test('she sees the family at a glance, on a desk, a tablet and a phone', async () => {
    await page.getByRole('link', { name: 'Family', exact: true }).click();
    const text = await look('family');
    expect(text).toContain('Family of WILLIAMS, Tommy');
    expect(text).toMatch(/Recorded at 4 Mill Row, NB4 2QT[^]*WILLIAMS, Kate from Mosaic, since 3 Sep 2026/);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await scrollsSideways(page), await tooNarrow(page)]).toEqual([width, false, []]);
      const grid = await page.evaluate(`getComputedStyle(document.querySelector('.ii-grid')).display`);
      expect([width, grid]).toEqual([width, width < 1120 ? 'block' : 'table']);
    }
  });

  test('she has everybody to ring on one page, and their addresses to invite', async () => {
    await page.getByRole('link', { name: 'Contacts', exact: true }).click();
    const text = await look('contacts');
    expect(text).toMatch(/Priya Nair[^]*Sam Reid[^]*Tenancy team/);
    const field = page.getByLabel('E-mail addresses of those involved now');
    expect(await field.inputValue()).toBe(EMAIL);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await scrollsSideways(page)]).toEqual([width, false]);
    }
    const copy = page.getByRole('button', { name: 'Copy all addresses' });
    expect(await copy.isVisible()).toBe(javaScriptEnabled);
    if (javaScriptEnabled) {
      await copy.click();
      await page.getByText(/^(Copied\.|Selected: copy with Ctrl and C\.)$/).waitFor();
    }
  });

  test('she sees every address, and what goes to paper says who printed it and when', async () => {
    await page.getByRole('link', { name: 'Addresses', exact: true }).click();
    expect(await look('addresses')).toContain('4 Mill Row, NB4 2QT');
    if (javaScriptEnabled) {
      await page.pdf();
      const printed = { action: 'printed', person: ids.tommy, shown: { page: 'addresses', by: 'browser' } };
      await eventually('the browser’s own print on record', async () => {
        const rows = await readAudit(app.env.AUDIT_URL!, { reader: 'amara.okafor', last: 1 });
        expect(rows).toMatchObject([printed]);
        return true;
      });
    }
    await page.getByRole('link', { name: 'Involvement', exact: true }).click();
    await page.getByRole('link', { name: 'Print', exact: true }).click();
    expect(await page.locator('main').innerText()).toContain('That it was shown for printing is on record.');
    const paper = page.getByText('Shown to Amara Okafor, Social worker, Assessment East');
    expect(await paper.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await paper.isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: 'Contacts', exact: true }).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  test('the browser found nothing to complain about', () => {
    expect(desk.complaintsBut(404)).toEqual([]);
  });
});
