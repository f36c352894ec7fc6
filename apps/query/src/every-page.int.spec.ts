/** Over HTTP, each page in each of its states. What no tool checks: a page that nobody added to the list fails here. */
import { openWorld, type World } from '../../../test/support/every-page/world.js';
import { PAGES, readerOf, type Visit, visitsIn } from '../../../test/support/every-page.js';
import type { Got, QueryApp } from '../../../test/support/query-app.js';
import { everyRoute } from '../../../test/support/routes.js';

let app: QueryApp;
let stop: () => Promise<void>;
let world: World;
const answers = new Map<string, { visit: Visit; got: Got }>();
beforeAll(async () => {
  ({ app, world, stop } = await openWorld());
  for (const visit of visitsIn(world)) answers.set(visit.name, { visit, got: await answerTo(visit) });
});
afterAll(() => stop?.());

async function answerTo({ path, sent }: Visit): Promise<Got> {
  const reader = readerOf(path);
  const headers = reader === null ? {} : await app.as(reader);
  return app.send(path, sent === undefined ? { headers } : { headers, method: 'POST', body: new URLSearchParams(sent) });
}

const names = Object.values(PAGES)
  .flat()
  .map(({ name }) => name);
const htmlOf = (name: string) => answers.get(name)!.got.text;
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, found]) => found!);

describe('Every page', () => {
  it('is on the list of pages, in one state or several', () => {
    const routes = everyRoute()
      .filter(({ isPage }) => isPage)
      .map(({ route }) => route);
    expect(routes.length).toBeGreaterThan(40);
    expect(Object.keys(PAGES).sort()).toEqual(routes.sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(names)('answers as a page: %s', (name) => {
    const { got, visit } = answers.get(name)!;
    expect([got.status, got.headers.get('content-type')]).toEqual([visit.status, 'text/html; charset=utf-8']);
    expect(got.headers.get('cache-control')).toBe('no-store');
    expect(all(got.text, /<h1[ >]([^]*?)<\/h1>/g)).toHaveLength(1);
    expect(got.text).toContain('<html lang="en"');
    expect(all(got.text, /<title>([^]*?)<\/title>/g)[0]).toMatch(/^(Error: )?\S.* – Involvement Index$/);
    const [titled, summed] = ['<title>Error: ', 'govuk-error-summary'].map((said) => got.text.includes(said));
    expect([titled, summed || visit.status !== 400]).toEqual([summed, true]);
  });

  it.each(names)('runs and shows nothing that is not a file of ours: %s', (name) => {
    const { got } = answers.get(name)!;
    expect(got.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(got.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(got.text).not.toMatch(
      /<script(?! type="module" src="\/assets\/[0-9a-f]{16}\/[a-z-]+\.js")|<style|\sstyle=|\son[a-z]+=|="javascript:/i,
    );
  });

  it.each(names)('has nothing of a person in its title, nor in any address that it links to or sends a form to: %s', (name) => {
    const html = htmlOf(name);
    const said = [...all(html, /<title>([^]*?)<\/title>/g), ...all(html, /\s(?:href|action|src)="(?!tel:|mailto:)([^"]*)"/g)]
      .join('\n')
      // Random letters and digits may spell anything.
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\/assets\/[0-9a-f]{16}/g, '');
    for (const telling of world.telling) expect(said.toLowerCase()).not.toContain(telling.toLowerCase());
    // A form that is sent by GET writes what was typed into the address: of ours, such a one takes days and nothing else.
    for (const form of all(html, /(<form(?![^>]*method="post")[^]*?<\/form>)/g))
      expect(form.replaceAll(/<input [^>]*type="date"[^>]*>/g, '')).not.toMatch(/<input|<textarea/);
  });

  it.each(names)('says where it goes on record that a browser printed it, if a name of anybody stands on it: %s', (name) => {
    // What readers have typed themselves stands in fields.
    const html = htmlOf(name)
      .toLowerCase()
      .replaceAll(/<input [^>]*>/g, '');
    const named = world.telling.filter((word) => /^[a-z]{4,}$/i.test(word) && html.includes(word.toLowerCase()));
    if (named.length > 0) expect([named, html.includes('data-paper="/')]).toEqual([named, true]);
  });

  it.each(names)('leads from its foot to help, the statements and the desk: %s', (name) => {
    const footer = /<footer[^]*<\/footer>/.exec(htmlOf(name))?.[0] ?? '';
    const links = all(footer, /href="([^"]*)"/g).filter((href) => href.startsWith('/'));
    const asReader = readerOf(answers.get(name)!.visit.path) === null ? [] : ['/feedback'];
    expect(links).toEqual(['/help', '/glossary', '/whats-new', ...asReader, '/accessibility', '/privacy']);
    expect(footer).toContain('tel:01632960100');
  });

  it('leads nowhere that is not there', async () => {
    const leads = new Map<string, string>();
    for (const [name, { visit, got }] of answers)
      for (const href of all(got.text, /<a [^>]*href="(\/[^"#]*)/g))
        leads.set(`${readerOf(visit.path)} ${href.replaceAll('&amp;', '&')}`, name);
    expect(leads.size).toBeGreaterThan(60);
    const dead: string[] = [];
    for (const [lead, from] of leads) {
      const [reader, path] = lead.split(' ') as [string, string];
      const { status } = await app.send(path, { headers: reader === 'null' ? {} : await app.as(reader) });
      if (status >= 400) dead.push(`${path} from ${from}: ${status}`);
    }
    expect(dead).toEqual([]);
  });

  it('that is linked within itself leads to something there', () => {
    for (const [name, { got }] of answers)
      for (const id of all(got.text, /href="#([^"]+)"/g)) expect([name, id, got.text.includes(`id="${id}"`)]).toEqual([name, id, true]);
  });
});
