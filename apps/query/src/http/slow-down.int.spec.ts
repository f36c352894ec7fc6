import { OwnIssuer } from '../../../../test/support/own-issuer.js';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

const SOMEBODY = '/v1/people/0d3b2046-e8d6-4181-9859-392520cbede7';
const limited = async (overrides: Record<string, string> = {}) => QueryApp.open({ REQUESTS_PER_MINUTE: '20', ...overrides });

/** What 25 requests are answered with, one after the other, each with headers of its own. */
async function statusesOf(app: QueryApp, path: string, headersOf: (count: number) => Record<string, string>): Promise<number[]> {
  const statuses = new Set<number>();
  for (let count = 0; count < 25; count += 1) statuses.add((await app.send(path, { headers: headersOf(count) })).status);
  return [...statuses];
}

describe('Whoever asks faster than a person reads', () => {
  let app: QueryApp;
  beforeEach(async () => {
    app = await limited();
  });
  afterEach(() => app?.close());

  it('is told to wait, by page and by REST; everybody else is answered', async () => {
    const asked = await Promise.all(Array.from({ length: 25 }, () => app.getUnasked('/help', 'amara.okafor')));
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200, 429]));
    const { person } = await app.people.record();
    const [page, rest] = [await app.getUnasked('/search', 'amara.okafor'), await app.getUnasked(`/v1/people/${person}`, 'amara.okafor')];
    expect([page.status, rest.status, rest.body.type]).toEqual([429, 429, 'urn:involvement-index:problem:too-much-asked']);
    expect(Number(rest.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(textOf(page.text)).toContain('Wait for a minute, then ask again.');
    expect((await app.getUnasked('/search', 'dan.whittle')).status).toBe(200);
  });

  it('with tokens that are made up is one, and the limit of a reader from there is another', async () => {
    const amara = await app.as('amara.okafor');
    expect(await statusesOf(app, SOMEBODY, (count) => ({ authorization: `Bearer invented.${count}.x` }))).toEqual([401, 429]);
    expect((await app.send(SOMEBODY, { headers: { authorization: 'Basic eDp5' } })).status).toBe(429);
    expect((await app.send('/search', { headers: amara })).status).toBe(200);
  });

  it('with headers that count for nothing on a page is one', async () => {
    expect(await statusesOf(app, '/help', (count) => ({ authorization: `Bearer invented.${count}.x` }))).toEqual([200, 429]);
  });

  it('in one session is one, whatever comes with it', async () => {
    const amara = await app.as('amara.okafor');
    expect(await statusesOf(app, '/help', (count) => ({ ...amara, authorization: `Bearer ${count}` }))).toEqual([200, 429]);
  });

  it('with a cookie that was signed for something else, as anybody is given one, has no session', async () => {
    const { cookie } = await beginning(app);
    const asSession = cookie.replace('signing-in=', 'session=');
    expect(asSession).toContain('session=');
    await statusesOf(app, '/help', () => ({}));
    expect((await app.send('/help', { headers: { cookie: asSession } })).status).toBe(429);
  });
});

describe('Behind a front server', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('that is trusted each address has its own limit, and a network of one household or office is one address', async () => {
    const app = await limited({ TRUSTED_PROXIES: '127.0.0.1' });
    try {
      // What is written in front of what the front server adds is believed of nobody.
      expect(await statusesOf(app, '/help', (count) => from(`198.51.100.${count}, 203.0.113.7`))).toEqual([200, 429]);
      expect((await app.send('/help', { headers: from('203.0.113.8') })).status).toBe(200);
      expect(await statusesOf(app, '/help', (count) => from(`2001:db8:1:1::${count}`))).toEqual([200, 429]);
    } finally {
      await app.close();
    }
  });

  it('that nobody named, what it says is not believed', async () => {
    const app = await limited();
    try {
      expect(await statusesOf(app, '/help', (count) => from(`198.51.100.${count}`))).toEqual([200, 429]);
    } finally {
      await app.close();
    }
  });
});

async function beginning(app: QueryApp): Promise<{ cookie: string }> {
  const visitor = new Visitor(app.url);
  await visitor.open('/sign-in/begin');
  return visitor.header;
}

it('A machine that gets itself token after token is one', async () => {
  const directory = await OwnIssuer.open();
  const app = await limited({ OIDC_ISSUER: directory.url });
  try {
    const tokenOf = (client: string, jti = 0) =>
      directory.sign({ aud: 'urn:involvement-index', client_id: client, scope: 'query:read', jti: String(jti) });
    const tokens = await Promise.all(Array.from({ length: 25 }, (_, count) => tokenOf('case-management', count)));
    const asked = await statusesOf(app, SOMEBODY, (count) => ({ authorization: `Bearer ${tokens[count]}` }));
    expect(asked).toEqual([403, 429]);
    const another = await app.send(SOMEBODY, { headers: { authorization: `Bearer ${await tokenOf('another')}` } });
    expect(another.status).toBe(403);
  } finally {
    await app.close();
    await directory.close();
  }
});
