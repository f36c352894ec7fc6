import type { Browser, Page } from 'playwright-core';
import { barriersOn, openBrowser, picture, scrollsSideways } from './browser.js';

const SIZE = { width: 1180, height: 900 };

/** A reader's desk: one window of a browser of its own (with its only window the packaged browser ends), and what it complains of. */
export class Desk {
  readonly complaints: string[] = [];

  private constructor(
    private readonly url: string,
    private readonly browser: Browser,
    readonly page: Page,
    private readonly javaScriptEnabled: boolean,
  ) {
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
  }

  /** @param url of the query service */
  static async open(url: string, { javaScriptEnabled = true } = {}): Promise<Desk> {
    const browser = await openBrowser();
    const context = await browser.newContext({ viewport: SIZE, locale: 'en-GB', javaScriptEnabled });
    return new Desk(url, browser, await context.newPage(), javaScriptEnabled);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** @param name as the directory calls the reader */
  async signIn(name: string): Promise<void> {
    await this.page.goto(`${this.url}/sign-in`);
    await this.press('Sign in');
    await this.page.getByLabel(name).check();
    await this.press('Sign in');
  }

  press(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Gives a reason, where one is asked for. */
  async sayWhy(): Promise<void> {
    await this.page.getByLabel('Section 47 enquiry').check();
    await this.page.getByLabel('There is none yet').check();
    await this.press('Continue to the record');
    await this.page.waitForURL((url) => !url.pathname.endsWith('/reason'));
  }

  /**
   * The page that is open has no barrier, one heading of the first order, and nothing of anybody in its title or address.
   * @param name of its picture
   * @param telling words about anybody
   * @returns what it says
   * @throws Error saying what is wrong with it
   */
  async look(name: string, telling?: RegExp): Promise<string> {
    await picture(this.page, name);
    // axe is a script itself: it reads the page where scripts run.
    const wrong = this.javaScriptEnabled ? await barriersOn(this.page) : [];
    if ((await this.page.locator('h1').count()) !== 1) wrong.push('it has not one heading of the first order');
    if (telling?.test(`${await this.page.title()} ${this.page.url()}`)) wrong.push('its title or address tells of somebody');
    if (wrong.length > 0) throw new Error(`${name}: ${wrong.join('\n')}`);
    return this.page.locator('main').innerText();
  }

  /** Nothing has to be scrolled sideways on a phone, a tablet or a desk. @throws Error where it has */
  async fits(name: string): Promise<void> {
    for (const width of [390, 800, SIZE.width]) {
      await this.page.setViewportSize({ width, height: SIZE.height });
      if (await scrollsSideways(this.page)) throw new Error(`${name} has to be scrolled sideways where ${width} pixels are there`);
    }
  }

  /** What the browser complained of, but for answers that were meant. @param meant HTTP statuses */
  complaintsBut(...meant: number[]): string[] {
    return this.complaints.filter((complaint) => !meant.some((status) => complaint.includes(`status of ${status}`)));
  }
}
