/** A name that is written from right to left, beside digits and dates: a browser draws each where it is read. */
import type { Browser, Page } from 'playwright-core';
import { openBrowser, picture } from './support/browser.js';
import { QueryApp } from './support/query-app.js';
import { address, born, name } from './support/stored-people.js';

const [HASAN, ALI, LEVY] = ['\u062d\u0633\u0646', '\u0639\u0644\u064a', '\u05dc\u05d5\u05d9'];
const HOME = address('4 Mill Row', 'NB4 2QT');
let app: QueryApp;
let browser: Browser;
let page: Page;
let child: string;
beforeAll(async () => {
  app = await QueryApp.open();
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })).newPage();
  const { cookie } = await app.as('amara.okafor');
  const cookies = cookie.split('; ');
  await page
    .context()
    .addCookies(cookies.map((pair) => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1), url: app.url })));
  const named = (...given: string[]) => ({ names: [name(HASAN, ...given)], addresses: [HOME] });
  const [one, brother, mother] = [
    await app.people.record({ ...named(ALI), dateOfBirth: born('2015-05-12') }),
    await app.people.record({ ...named(ALI, LEVY), dateOfBirth: born('2016-05-12') }),
    await app.people.record({ names: [name(HASAN, LEVY)], dateOfBirth: born('1990-02-03'), source: 'liquidlogic', addresses: [HOME] }),
  ];
  child = one.person;
  await app.people.link(one.subject, brother.subject, 'sibling');
  await app.people.link(one.subject, mother.subject, 'parent');
  const practitioner = {
    name: `${HASAN} ${LEVY}`,
    role: null,
    phone: '01632 960118',
    email: null,
    outOfHoursPhone: null,
    outOfHoursName: null,
  };
  await app.people.involvement(one.subject, { practitioner: { ...practitioner, readerId: null }, team: '24 Hour Team' });
  await app.giveReason(child);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/**
 * How many such names are drawn on the page, and which of them not where they are read: behind what stands before them on the same line, and
 * before what stands behind.
 */
const drawn = () =>
  page.evaluate<{ names: number; misplaced: string[] }>(`(() => {
    const letters = [];
    let people = 0;
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (let at = 0; at < node.length; at += 1) {
        if (node.data[at] === ';') people += 1;
        if (!/[\\p{L}\\p{N}]/u.test(node.data[at])) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        if (box.width > 1) letters.push({ box, people, text: node.data, block: node.parentElement.closest('td, th, li, p, h1, h2, h3, dd, summary, div'), right: /[\\u0590-\\u08ff]/.test(node.data[at]) });
      }
    const runs = [];
    for (const letter of letters) {
      const run = runs.at(-1);
      const last = run?.at(-1);
      if (last?.right === letter.right && last.people === letter.people && last.block === letter.block && Math.abs(last.box.top - letter.box.top) < 8) run.push(letter);
      else runs.push([letter]);
    }
    const [left, right] = [(run) => Math.min(...run.map(({ box }) => box.left)), (run) => Math.max(...run.map(({ box }) => box.right))];
    const line = (one, other) => one && other && one[0].block === other[0].block && Math.abs(one.at(-1).box.top - other[0].box.top) < 8;
    const named = runs.map((run, at) => ({ run, before: runs[at - 1], after: runs[at + 1] })).filter(({ run }) => run[0].right);
    const misplaced = named.filter(({ run, before, after }) =>
      line(before, run) && right(before) > left(run) + 1 || line(run, after) && right(run) > left(after) + 1);
    return { names: named.length, misplaced: misplaced.map(({ run }) => run[0].text) };
  })()`);

test('on results, the person, the family, the contacts and the addresses, on a screen and on paper', async () => {
  const { body } = await app.keep({ familyName: HASAN });
  const paths = [
    `/search/${body.id}`,
    `/people/${child}`,
    `/people/${child}/services/all`,
    `/people/${child}/family`,
    `/people/${child}/contacts`,
    `/people/${child}/addresses`,
    `/people/${child}/family?print=yes`,
  ];
  for (const [at, path] of paths.entries())
    for (const media of ['screen', 'print'] as const) {
      await page.emulateMedia({ media });
      await page.goto(`${app.url}${path}`);
      await picture(page, `right-to-left-${at}-${media}`);
      expect([path, media, await drawn()]).toEqual([path, media, { names: expect.any(Number), misplaced: [] }]);
      expect([path, media, (await drawn()).names > 0]).toEqual([path, media, true]);
    }
});

test('what is typed of it is written from where it begins', async () => {
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${app.url}/search`);
  await page.fill('#familyName', HASAN);
  expect(await page.evaluate(`getComputedStyle(document.querySelector('#familyName')).direction`)).toBe('rtl');
});
