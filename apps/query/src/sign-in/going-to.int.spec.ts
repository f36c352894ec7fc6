import { Pool } from 'pg';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
let pool: Pool;
let person: string;
beforeAll(async () => {
  app = await QueryApp.open();
  pool = new Pool({ connectionString: app.env.SESSIONS_URL! });
  const child = await app.people.record();
  ({ person } = child);
  for (const reader of ['amara.okafor', 'dan.whittle']) await app.people.onCaseloadOf(reader, child.subject);
});
afterAll(async () => {
  await pool?.end();
  await app?.close();
});

/** Amara's browser, with her session ended while she was at that person, as the click that noticed was told. */
async function leftByAmara(): Promise<Visitor> {
  const device = await Visitor.signedIn(app.url, 'amara.okafor');
  // Cleared away, as it is within half a minute.
  await pool.query('DELETE FROM session.session');
  const next = await device.open(`/people/${person}`);
  expect(next.headers.get('location')).toBe('/timed-out');
  return device;
}

/** Who signs in on that device next, at the directory as somebody it does not know yet. @returns the path they come to */
async function signsInOn(device: Visitor, reader: string): Promise<string> {
  const next = new Visitor(app.url);
  const chooser = await next.arrive(await next.open('/sign-in/begin', device.header));
  const action = /<form method="post" action="([^"]+)"/.exec(await chooser.text())![1]!;
  const chosen = { method: 'POST', body: new URLSearchParams({ reader }) };
  return new URL((await next.arrive(await next.send(new URL(action, chooser.url).href, chosen))).url).pathname;
}

describe('After a session that ended by itself', () => {
  it('its reader is led back to where they were, and whoever else signs in on that device is not', async () => {
    const device = await leftByAmara();
    expect(await signsInOn(device, 'dan.whittle')).toBe('/search');
    expect(await signsInOn(device, 'amara.okafor')).toBe(`/people/${person}`);
  });

  it('that holds also once it was told, when a page that is still open in another window is used', async () => {
    const device = await leftByAmara();
    await device.read('/timed-out');
    const answer = await device.open(`/people/${person}/services/school`, { referer: `${app.url}/people/${person}` });
    expect(answer.headers.get('location')).toBe('/sign-in');
    expect(await signsInOn(device, 'dan.whittle')).toBe('/search');
    expect(await signsInOn(device, 'amara.okafor')).toBe(`/people/${person}/services/school`);
  });

  it('that holds for the page which a script left', async () => {
    const device = await Visitor.signedIn(app.url, 'amara.okafor');
    await pool.query('DELETE FROM session.session');
    await device.open('/timed-out', { referer: `${app.url}/people/${person}` });
    expect(await signsInOn(device, 'dan.whittle')).toBe('/search');
    expect(await signsInOn(device, 'amara.okafor')).toBe(`/people/${person}`);
  });

  it('an address that somebody else opens there leads them on', async () => {
    const device = await leftByAmara();
    await device.read('/timed-out');
    await device.open(`/people/${person}`);
    expect(await signsInOn(device, 'dan.whittle')).toBe(`/people/${person}`);
  });

  it('the browser holds nothing that says who it was', async () => {
    const device = await leftByAmara();
    const [mark] = [/going-to=([^;]+)/.exec(device.header.cookie)![1]!].map((cookie) => decodeURIComponent(cookie).split(' ')[2]!);
    expect(mark).toMatch(/^[\w-]{43}\./);
    for (const written of ['amara', 'okafor', Buffer.from('amara.okafor').toString('base64url')])
      expect(decodeURIComponent(device.header.cookie).toLowerCase()).not.toContain(written.toLowerCase());
  });
});
