import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import packaged from '@sparticuz/chromium';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where pictures go; `npm run screenshots` sets it, tests take none. */
const pictures = process.env.SCREENSHOTS;

/** The Chromium that comes as a package (Linux, x64); elsewhere the installed Chrome. CHROME_PATH names another one. */
export async function openBrowser(): Promise<Browser> {
  const usePackaged = process.platform === 'linux' && process.arch === 'x64' && !process.env.CHROME_PATH;
  if (usePackaged) return chromium.launch({ executablePath: await packaged.executablePath(), args: packaged.args });
  const executablePath = process.env.CHROME_PATH;
  return executablePath && existsSync(executablePath) ? chromium.launch({ executablePath }) : chromium.launch({ channel: 'chrome' });
}

const EVERY_RULE = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that a page of one width may keep and of another break. */
export const RULES_OF_WIDTH = ['target-size'];

/** What a reader with a disability would stumble over on this page, by WCAG 2.2 AA and good practice; empty when axe finds nothing. */
export async function barriersOn(page: Page, rules = EVERY_RULE): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (runOnly) => (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run({ runOnly }),
    rules,
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Whether the page is wider than the window, so that a reader would have to scroll sideways. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

/** What stands in those cells of the page's table that are too narrow for it: it would run over into the next, or break within a word. Not those that only a screen reader reads. */
export async function tooNarrow(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('th, td')].filter((cell) => {
    cell.style.overflowWrap = 'normal';
    const { scrollWidth, clientWidth } = cell;
    cell.style.overflowWrap = '';
    const unseen = getComputedStyle(cell.parentElement.parentElement).position === 'absolute';
    return !unseen && scrollWidth > clientWidth;
  }).map(({ innerText }) => innerText)`);
}

/** Takes a picture of the whole page, on a desk and on a phone, where pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  const size = page.viewportSize();
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(pictures, `${name}-on-a-phone.png`), fullPage: true });
  if (size) await page.setViewportSize(size);
}
