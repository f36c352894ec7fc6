/** Every page in a browser: without barriers, at every width, on paper; and the way to an open panel by keyboard alone and without JavaScript. */
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { barriersOn, openBrowser, picture, RULES_OF_WIDTH, scrollsSideways, tooNarrow } from './support/browser.js';
import { openWorld, type World } from './support/every-page/world.js';
import { PAGES, readerOf, visitsIn } from './support/every-page.js';
import type { QueryApp } from './support/query-app.js';

let app: QueryApp;
let stop: () => Promise<void>;
let world: World;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

// A browser on a busy machine; axe alone takes a second a page.
jest.setTimeout(60_000);

beforeAll(async () => {
  ({ app, world, stop } = await openWorld());
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1180, height: 900 }, locale: 'en-GB' })).newPage();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
});
afterAll(async () => {
  await browser?.close();
  await stop?.();
});

/** Signs the window in as a reader, or out. One window for all: the packaged browser mixes up the cookies of several. */
async function become(window: BrowserContext, reader: string | null): Promise<void> {
  const { cookie } = reader === null ? { cookie: '' } : await app.as(reader);
  const cookies = cookie.split('; ').filter(Boolean);
  await window.clearCookies();
  await window.addCookies(cookies.map((pair) => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1), url: app.url })));
}

async function open(path: string, sent?: Record<string, string>): Promise<void> {
  // A page that is still open would ask whether its reader is signed in, and leave.
  await page.goto('about:blank');
  await become(page.context(), readerOf(path));
  if (sent === undefined) return void (await page.goto(`${app.url}${path}`));
  await page.goto(`${app.url}/help`);
  const arrived = page.waitForEvent('load');
  await page.evaluate(
    ([action, fields]) => {
      const { document } = globalThis as unknown as { document: { createElement(tag: string): Element; body: Element } };
      interface Element extends Record<string, unknown> {
        append(child: Element): void;
        submit(): void;
      }
      const form = Object.assign(document.createElement('form'), { method: 'post', action });
      for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { name, value }));
      document.body.append(form);
      form.submit();
    },
    [path, sent] as const,
  );
  await arrived;
}

/** The page on the way to being signed out of the directory leads on by itself. */
const STAYING = Object.values(PAGES)
  .flat()
  .filter(({ name }) => name !== 'signing-out');

describe('Every page', () => {
  it.each(STAYING)('has no barrier, and nothing to scroll sideways, however narrow or enlarged: $name', async ({ name }) => {
    const { path, sent } = visitsIn(world).find((visit) => visit.name === name)!;
    await open(path, sent);
    await picture(page, name);
    expect(await barriersOn(page)).toEqual([]);
    expect(await page.locator('h1').count()).toBe(1);
    // A desk; the same at 200 %; a small tablet; a phone, or a desk at 400 %.
    for (const width of [1280, 640, 600, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await scrollsSideways(page), await barriersOn(page, RULES_OF_WIDTH)]).toEqual([width, false, []]);
    }
    // A tablet, or half of a desk: too wide for a phone’s page, and hardly wide enough for a table.
    for (const width of [1210, 1024, 800]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await scrollsSideways(page)]).toEqual([width, false]);
    }
    await page.setViewportSize({ width: 1180, height: 900 });
  });

  it('is taken by the browser as it is: no script, style or picture was refused', () => {
    expect(complaints.filter((complaint) => !/status of (400|403|404|409)/.test(complaint))).toEqual([]);
  });
});

describe('On paper', () => {
  afterEach(() => page.emulateMedia({ media: null }));

  it('a person’s page holds every fact and when it was true, and nothing that only a screen can use', async () => {
    await open(`/people/${world.child}/services/childrens-social-care`);
    const onScreen = await page
      .locator('.ii-identity, .ii-state, .ii-panel__meta, .ii-late, .ii-panel__facts dd, .ii-related__row strong')
      .all();
    expect(onScreen.length).toBeGreaterThan(20);
    await page.emulateMedia({ media: 'print' });
    await picture(page, 'child-on-paper');
    for (const fact of onScreen) expect([await fact.innerText(), await fact.isVisible()]).toEqual([expect.any(String), true]);
    const useless = page.locator('nav, button, form, .govuk-skip-link, .govuk-back-link, .ii-panel__toggle, .ii-footer__list');
    expect(await useless.count()).toBeGreaterThan(5);
    for (const part of await useless.all()) expect([await part.innerHTML(), await part.isVisible()]).toEqual([expect.any(String), false]);
    expect(await page.getByText('Ask, day and night').last().isVisible()).toBe(true);
    // Who printed it stands there as well, and not in white on white.
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.ii-header__own')).color`)).toBe('rgb(0, 0, 0)');
  });
});

describe('A page on a phone', () => {
  afterEach(() => page.setViewportSize({ width: 1180, height: 900 }));

  it('does not fill its first screen with who it is about and where else to go', async () => {
    await open(`/people/${world.child}`);
    await page.setViewportSize({ width: 375, height: 812 });
    const { y } = (await page.locator('.ii-tabs + *').boundingBox())!;
    expect(y).toBeLessThan(812);
  });
});

describe('The family grid', () => {
  afterEach(async () => {
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1180, height: 900 });
  });

  /** Names of people may be as long as they like. */
  const brokenWords = async () => (await tooNarrow(page)).filter((words) => !words.endsWith(' yrs'));

  it('breaks no word of a service’s name, from the narrowest desk on', async () => {
    await open(`/people/${world.child}/family`);
    for (const width of [1121, 1200, 1280, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await scrollsSideways(page), await brokenWords()]).toEqual([width, false, []]);
    }
  });

  it('leads to each service by links in sight: from headings, or from labels where there is no room for columns', async () => {
    await open(`/people/${world.child}/family`);
    for (const width of [1210, 1024, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const seen = (links: string) => page.locator(`.ii-grid ${links} a`).first().isVisible();
      expect([width, await seen('thead'), await seen('.ii-stacked__label')]).toEqual([width, width > 1120, width <= 1120]);
    }
  });

  it('is a table of people by services on paper as well', async () => {
    await open(`/people/${world.child}/family`);
    // A4 across, between its margins.
    await page.setViewportSize({ width: 1047, height: 718 });
    await page.emulateMedia({ media: 'print' });
    await picture(page, 'family-on-paper');
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.ii-grid tbody td')).display`)).toBe('table-cell');
    expect(await brokenWords()).toEqual([]);
    expect(await page.locator('.ii-stacked__label').first().isVisible()).toBe(false);
  });
});

describe('Tables of many words', () => {
  afterEach(() => page.setViewportSize({ width: 1180, height: 900 }));

  /** The cells, or what stands in them, that a word would have to break to fit. */
  const broken = (which: string) =>
    page.evaluate<string[]>(`[...document.querySelectorAll('${which}')].filter((told) => {
      told.style.overflowWrap = 'normal';
      const runsOver = told.scrollWidth > told.clientWidth;
      told.style.overflowWrap = '';
      return runsOver;
    }).map(({ innerText }) => innerText)`);

  it('have the width of a desk: no name, state or code breaks within a word, and nothing scrolls', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await open(`/people/${world.child}/contacts`);
    expect([await scrollsSideways(page), await broken('.ii-about li')]).toEqual([false, []]);
    for (const path of ['/audit/looks/refused', '/audit/looks/readers', world.question, `/audit/people/${world.child}/report/names`]) {
      await open(path);
      const width = await page.evaluate<number>(`document.querySelector('table').getBoundingClientRect().width`);
      expect([path, await scrollsSideways(page), await broken('th, td:not(.ii-whom):not(.ii-told)'), width > 1100]).toEqual([
        path,
        false,
        [],
        true,
      ]);
    }
  });

  it('have captions that run on over the width of a phone', async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await open('/session/all');
    const [caption, table] = await page.evaluate<[number, number]>(
      `['caption', 'table'].map((part) => document.querySelector(part).getBoundingClientRect().width)`,
    );
    expect(caption).toBe(table);
  });
});

describe('The way from the search to an open panel', () => {
  const focused = () => page.evaluate<string>('(document.activeElement.textContent || document.activeElement.id).trim()');

  /** Tab, until the focus is there. */
  async function tabTo(what: RegExp): Promise<void> {
    for (let press = 0; press < 120; press += 1) {
      await page.keyboard.press('Tab');
      if (what.test(await focused())) return;
    }
    throw new Error(`no Tab leads to ${what}`);
  }

  it('is walked by keyboard alone, and the focus is always to be seen', async () => {
    await open('/search');
    await tabTo(/^familyName$/);
    await page.keyboard.type(world.telling[0]!);
    await tabTo(/^Find by name$/);
    const unfocused =
      'getComputedStyle(document.activeElement).outlineStyle === "none" && getComputedStyle(document.activeElement).boxShadow === "none"';
    expect(await page.evaluate(unfocused)).toBe(false);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\/[0-9a-f-]{36}$/);
    await tabTo(/^View .*Tommy/);
    expect(await page.evaluate(unfocused)).toBe(false);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/people\//);
    await tabTo(/^\+ Open Children’s social care$/);
    await page.keyboard.press('Enter');
    await page.getByText('Priya Nair').waitFor();
    await tabTo(/^01632 960 118$/);
    await tabTo(/^− Close Children’s social care$/);
  });

  it('is walked without JavaScript', async () => {
    const plain = await openBrowser();
    const window = await plain.newContext({ locale: 'en-GB', javaScriptEnabled: false });
    await become(window, 'amara.okafor');
    const page = await window.newPage();
    await page.goto(`${app.url}/search`);
    await page.getByLabel('Family name').fill(world.telling[0]!);
    await page.getByRole('button', { name: 'Find by name' }).click();
    await page.getByRole('link', { name: /^View .*Tommy/ }).click();
    await page.getByRole('link', { name: '+ Open Children’s social care' }).click();
    expect(await page.locator('main').innerText()).toContain('Priya Nair');
    await page.getByRole('link', { name: '− Close Children’s social care' }).click();
    expect(await page.locator('main').innerText()).not.toContain('Priya Nair');
    await plain.close();
  });
});
