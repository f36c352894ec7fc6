import { randomUUID } from 'node:crypto';
import { RequestMethod } from '@nestjs/common';
import { readAudit } from '#lib/audit';
import { QueryApp } from '../../../../test/support/query-app.js';
import { StoredOperations } from '../../../../test/support/stored-operations.js';
import { textOf } from '../../../../test/support/pages.js';
import { Visitor } from '../../../../test/support/visitor.js';
import { withoutAudit } from '../../../../test/support/without-audit.js';
import { operationsPages } from './operations-pages.js';

let app: QueryApp;
let stored: StoredOperations;
let ready: number;
const [done, counted, waiting] = [randomUUID(), randomUUID(), randomUUID()];
beforeAll(async () => {
  app = await QueryApp.open();
  stored = new StoredOperations(app.people.pool);
  await stored.parked();
  ready = await stored.generation();
  await stored.request({ id: done, verb: 'compare', state: 'done', outcome: { differences: 0 } });
  await stored.comparison({ id: done, beside: ready });
  await stored.request({ id: counted, verb: 'replay', arguments: { dryRun: true }, state: 'done', outcome: { read: 4, applied: 2 } });
  await stored.request({ id: waiting });
});
afterAll(() => app?.close());

const GENERATIONS = '/operations/generations';
const looks = () => [
  '/operations',
  '/operations/sources',
  '/operations/sources/mosaic',
  '/operations/balance',
  '/operations/parked',
  GENERATIONS,
  '/operations/replay',
  '/operations/requests',
  `/operations/requests/${done}`,
  `/operations/requests/${done}/differences`,
];
/** Each is a page that asks, and a form that does. */
const acts = () => [
  '/operations/parked/redrive',
  '/operations/parked/discard',
  ...['build', 'pause', 'resume', 'slow-down', 'cancel'].map((way) => `${GENERATIONS}/${way}`),
  ...['compare', 'switch', 'drop'].map((way) => `${GENERATIONS}/${ready}/${way}`),
  `/operations/replay/${counted}`,
  `/operations/requests/${waiting}/cancel`,
];
/** What Nest knows of our controllers. */
const routes = () =>
  operationsPages.flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype).flatMap((name) => {
      if (name === 'constructor') return [];
      const handler = Object.getOwnPropertyDescriptor(prototype, name)!.value as object;
      const path = Reflect.getMetadata('path', handler) as string | undefined;
      const method = Reflect.getMetadata('method', handler) === RequestMethod.POST ? ('POST' as const) : ('GET' as const);
      return path === undefined ? [] : [{ method, path }];
    }),
  );
const FORM = { share: '1', reason: 'to see', what: 'everything', from: 'beginning' };
const post = async (path: string, reader: string, headers: Record<string, string> = {}) =>
  app.send(path, {
    method: 'POST',
    headers: { ...(await app.as(reader)), 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(FORM),
  });
const requests = async () => (await stored.pool.query<{ count: number }>('SELECT count(*) FROM control.request')).rows[0]!.count;
const states = async () => JSON.stringify((await stored.pool.query('SELECT id, state, wanted FROM control.generation ORDER BY id')).rows);

describe('Who may operate', () => {
  it('is operations alone: every page and every act is refused to every other role, and that they came is on record', async () => {
    const before = [await requests(), await states()];
    for (const reader of ['amara.okafor', 'priya.nair', 'ig.officer']) {
      const refused = [];
      for (const path of [...looks(), ...acts()]) refused.push(await app.get(path, reader));
      for (const path of [...acts(), '/operations/replay']) refused.push(await post(path, reader));
      for (const got of refused) {
        expect([got.status, textOf(got.text).includes('your role does not include the operations pages')]).toEqual([403, true]);
        expect(await app.auditOf(got)).toMatchObject([{ action: 'operated', outcome: 'denied', reader }]);
      }
    }
    expect([await requests(), await states()]).toEqual(before);
  });

  it('is nobody who has not signed in', async () => {
    for (const path of [...looks(), ...acts()]) {
      const { status, headers } = await app.send(path, {});
      expect([status, headers.get('location')]).toEqual([303, '/sign-in']);
    }
  });

  it('is tried on every route there is', () => {
    const tried = { GET: [...looks(), ...acts()], POST: [...acts(), '/operations/replay'] };
    const untried = routes().filter(({ method, path }) => {
      const pattern = new RegExp(`^${path.replaceAll(/:[a-z]+/g, '[^/]+')}$`);
      return !tried[method].some((address) => pattern.test(address));
    });
    expect(routes().length).toBeGreaterThanOrEqual(25);
    expect(untried).toEqual([]);
  });

  it('does not read families: no entry leads to searching, and its pages refuse', async () => {
    const ola = await Visitor.signedIn(app.url, 'ola.berg');
    const home = await ola.open('/');
    expect(home.headers.get('location')).toBe('/operations');
    const html = await ola.read('/operations');
    expect(html).not.toContain('href="/search"');
    expect(textOf(html)).toContain('Ola Berg · Operations, Index operations');
    for (const path of ['/search', `/people/${randomUUID()}`, `/search/${randomUUID()}`]) {
      const got = await app.get(path, 'ola.berg');
      expect(got.status).toBe(403);
      expect(await app.auditOf(got)).toMatchObject([{ outcome: 'denied', reader: 'ola.berg' }]);
    }
    expect((await post('/search', 'ola.berg')).status).toBe(403);
  });

  it('is not offered to those who search', async () => {
    const amara = await Visitor.signedIn(app.url, 'amara.okafor');
    expect((await amara.open('/')).headers.get('location')).toBe('/search');
    expect(await amara.read('/search')).not.toContain('/operations');
  });
});

describe('Every operations page', () => {
  it('opens for operations without a record of its own: nothing on it is about a person', async () => {
    for (const path of [...looks(), ...acts()]) {
      const got = await app.get(path, 'ola.berg');
      expect([path, got.status]).toEqual([path, 200]);
      expect(await app.auditOf(got)).toEqual([]);
      expect(got.text.match(/<h1/g)).toHaveLength(1);
      for (const table of got.text.match(/<table[^]*?<\/table>/g) ?? []) expect(table).toMatch(/<caption[^]*scope="col"/);
    }
  });

  it('keeps to our own files: no script and no style stands in a page', async () => {
    for (const path of [...looks(), ...acts()]) {
      const { text, headers } = await app.get(path, 'ola.berg');
      expect(text).not.toMatch(/<script(?! type="module" src="\/assets\/[0-9a-f]{16}\/[a-z-]+\.js")|<style|\sstyle=|\son[a-z]+=/i);
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('is not there where an address names nothing', async () => {
    const nothing = [
      '/operations/nothing',
      '/operations/sources/nobody',
      '/operations/parked/eat',
      `${GENERATIONS}/99/switch`,
      `${GENERATIONS}/1;DROP/drop`,
      `${GENERATIONS}/rebuild`,
      `/operations/requests/${randomUUID()}`,
      '/operations/requests/1',
      `/operations/requests/${counted}/differences`,
      `/operations/replay/${done}`,
      `/operations/replay/x`,
    ];
    for (const path of nothing) expect([path, (await app.get(path, 'ola.berg')).status]).toEqual([path, 404]);
    expect((await post(`${GENERATIONS}/99/drop`, 'ola.berg')).status).toBe(404);
  });
});

describe('Every act', () => {
  it('is on record, with the reason as typed, before it is done', async () => {
    const got = await post('/operations/parked/redrive', 'ola.berg');
    expect(got.status).toBe(303);
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'operated', outcome: 'done', reader: 'ola.berg', role: 'operations', reason: 'to see', shown: { verb: 'redrive' } },
    ]);
  });

  it('is not done when it can’t be recorded', async () => {
    const before = [await requests(), await states()];
    await withoutAudit(app.env.AUDIT_URL!, async () => {
      for (const path of [...acts(), '/operations/replay']) expect([path, (await post(path, 'ola.berg')).status]).toEqual([path, 503]);
    });
    expect([await requests(), await states()]).toEqual(before);
  });

  it('is not done for another site, on behalf of whoever is signed in', async () => {
    const before = [await requests(), await states()];
    const ola = await app.as('ola.berg');
    for (const path of [...acts(), '/operations/replay']) {
      const got = await app.send(path, {
        method: 'POST',
        headers: { ...ola, origin: 'https://elsewhere.example' },
        body: new URLSearchParams(FORM),
      });
      expect(got.status).toBe(403);
    }
    expect([await requests(), await states()]).toEqual(before);
  });

  it('asks why: without a reason nothing is done and nothing is on record', async () => {
    const before = [await requests(), await states()];
    for (const path of acts()) {
      const got = await app.sendForm(path, { ...FORM, reason: '  ' }, 'ola.berg');
      expect([path, got.status]).toEqual([path, 400]);
      expect(got.text).toContain('<a href="#reason">Enter a reason</a>');
      expect(got.text).toContain('<title>Error: ');
      expect(await app.auditOf(got)).toEqual([]);
    }
    expect([await requests(), await states()]).toEqual(before);
  });

  it('that the engine does not do is answered in its own words, and that is on record too', async () => {
    const got = await post(`${GENERATIONS}/pause`, 'ola.berg');
    expect(got.status).toBe(409);
    expect(textOf(got.text)).toContain('This was not done No generation is being built.');
    expect(await app.auditOf(got)).toMatchObject([
      { outcome: 'done', shown: { verb: 'rebuild/pause' } },
      { outcome: 'refused', shown: { verb: 'rebuild/pause', refused: 'wrong-generation' } },
    ]);
  });

  it('that fails is on record as failed, and told without its text', async () => {
    await stored.pool.query('ALTER TABLE control.request RENAME TO away');
    const got = await post('/operations/parked/redrive', 'ola.berg');
    await stored.pool.query('ALTER TABLE control.away RENAME TO request');
    expect([got.status, got.text.includes('control.request')]).toEqual([500, false]);
    expect(await app.auditOf(got)).toMatchObject([
      { outcome: 'done' },
      { outcome: 'refused', shown: { verb: 'redrive', refused: 'failed' } },
    ]);
  });
});

test('signing in leads operations to their overview', async () => {
  await Visitor.signedIn(app.url, 'ola.berg');
  expect(await readAudit(app.env.AUDIT_URL!, { last: 1 })).toMatchObject([{ action: 'signed-in', role: 'operations' }]);
});
