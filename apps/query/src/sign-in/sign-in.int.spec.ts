import { readAudit } from '#lib/audit';
import { Pool } from 'pg';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
let pool: Pool;
beforeAll(async () => {
  app = await QueryApp.open();
  pool = new Pool({ connectionString: app.env.SESSIONS_URL! });
});
afterAll(async () => {
  await pool?.end();
  await app?.close();
});

const visitor = () => new Visitor(app.url);
const enter = (reader: string) => Visitor.signedIn(app.url, reader);
const lastActions = async (last: number) => readAudit(app.env.AUDIT_URL!, { last });
const lastAction = async () => (await lastActions(1))[0];
const locationOf = (response: Response) => response.headers.get('location') ?? '';

describe('Signing in', () => {
  it('leads through the directory to what the role is for, starts a session, and is recorded', async () => {
    const amara = visitor();
    expect(await amara.signIn('amara.okafor')).toContain('Find Service Involvement');
    expect(await lastAction()).toMatchObject({ action: 'signed-in', outcome: 'done', reader: 'amara.okafor', team: 'Assessment East' });
    expect((await amara.open('/search')).status).toBe(200);
  });

  it.each([
    ['dan.whittle', 'duty'],
    ['ig.officer', 'ig-officer'],
    ['sofia.marsh', 'source-publisher'],
    ['ken.adeyemi', 'administrator'],
  ])('gives %s the role %s that the settings name for the directory’s groups', async (reader, role) => {
    await enter(reader);
    // The page they come to may be on record as well.
    expect(await lastActions(2)).toContainEqual(expect.objectContaining({ action: 'signed-in', reader, role }));
  });

  it('keeps the session in a cookie that scripts can’t read and other sites can’t send', async () => {
    const amara = visitor();
    const cookies: string[] = [];
    const send = amara.send.bind(amara);
    amara.send = async (...sent) => {
      const answer = await send(...sent);
      cookies.push(...answer.headers.getSetCookie());
      return answer;
    };
    await amara.signIn('amara.okafor');
    expect(cookies.filter((cookie) => cookie.startsWith('session='))).toEqual([
      expect.stringMatching(/^session=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(cookies.filter((cookie) => cookie.startsWith('signing-in='))).toEqual([
      expect.stringMatching(/^signing-in=[^;]+; Max-Age=600; Path=\/sign-in; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('asks the directory by code flow with PKCE, state and nonce, and tells it nothing else', async () => {
    const at = new URL(locationOf(await visitor().open('/sign-in/begin')));
    expect(at.origin).toBe(app.env.OIDC_ISSUER);
    expect(Object.fromEntries(at.searchParams)).toEqual({
      client_id: 'involvement-index',
      redirect_uri: `${app.url}/sign-in/return`,
      response_type: 'code',
      scope: 'openid profile',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it('keeps no token that opens anything in the database', async () => {
    const { cookie } = (await enter('amara.okafor')).header;
    const token = /^session ([\w-]{43})\./.exec(decodeURIComponent(/(?:^|; )session=([^;]+)/.exec(cookie)![1]!))![1]!;
    const { rows } = await pool.query<{ whole: string }>('SELECT s::text AS whole FROM session.session s');
    expect(rows.some(({ whole }) => whole.includes(token) || whole.includes(Buffer.from(token).toString('hex')))).toBe(false);
  });

  it('is refused, with a page that says what to do, to whoever has no role here', async () => {
    const page = await visitor().signIn('sam.rowe');
    expect(page).toContain('Your account has no role'.slice(5));
    expect(page).toContain('ask your manager to have a role given');
    expect(page).toContain('href="/sign-out/directory"');
    expect(page).not.toContain('Sign in again');
    expect(await lastAction()).toMatchObject({
      action: 'sign-in-refused',
      outcome: 'denied',
      reader: 'sam.rowe',
      role: null,
      shown: { why: 'no-role' },
    });
  });

  it('that was cancelled at the directory is told, and on record', async () => {
    const nobody = visitor();
    const chooser = await nobody.arrive(await nobody.open('/sign-in/begin'));
    const action = /action="([^"]+)"/.exec(await chooser.text())![1]!;
    const back = await nobody.arrive(
      await nobody.send(new URL(action, chooser.url).href, { method: 'POST', body: new URLSearchParams({ cancel: 'yes' }) }),
    );
    expect([back.status, await back.text()]).toEqual([403, expect.stringContaining('The sign-in was cancelled')]);
    expect(await lastAction()).toMatchObject({ action: 'sign-in-refused', reader: null, shown: { why: 'cancelled' } });
  });

  it('can be come back from once, by the browser that began it, and by no made-up answer', async () => {
    const amara = visitor();
    const returned: string[] = [];
    const send = amara.send.bind(amara);
    amara.send = (address, init) => {
      if (address.includes('/sign-in/return')) returned.push(address);
      return send(address, init);
    };
    await amara.signIn('amara.okafor');
    const [address] = returned;
    const another = visitor();
    await another.open('/sign-in/begin');
    const state = new URL(locationOf(await another.open('/sign-in/begin'))).searchParams.get('state')!;
    for (const [who, at] of [
      [amara, address!],
      [visitor(), address!],
      [another, address!],
      [another, '/sign-in/return'],
      [another, `/sign-in/return?state=${state}&code=guessed`],
      [another, `/sign-in/return?state=${state}`],
    ] as const) {
      const answer = await who.open(at);
      expect([answer.status, answer.headers.getSetCookie().filter((cookie) => cookie.startsWith('session='))]).toEqual([403, []]);
      expect(await lastAction()).toMatchObject({ action: 'sign-in-refused', reader: null });
    }
  });

  it('that another began can’t be finished in one’s own browser, and so nobody is signed in as somebody else unawares', async () => {
    const [amara, victim] = [visitor(), visitor()];
    await victim.open('/sign-in/begin');
    let held = '';
    const send = amara.send.bind(amara);
    amara.send = async (address, init) => {
      if (!address.includes('/sign-in/return')) return send(address, init);
      held = address;
      return new Response('', { status: 200 });
    };
    await amara.signIn('amara.okafor');
    for (const other of [visitor(), victim]) {
      expect((await other.open(held)).status).toBe(403);
      expect((await other.open('/search')).status).toBe(303);
    }
    // It is still there for the browser that began it.
    expect((await send(held)).status).toBe(303);
  });

  it('in two windows at once works in both', async () => {
    const amara = visitor();
    const [first, second] = [await amara.open('/sign-in/begin'), await amara.open('/sign-in/begin')];
    for (const began of [second, first]) {
      const arrived = await amara.arrive(began);
      const action = /action="(\/choose[^"]+)"/.exec(await arrived.text())?.[1];
      const after = action
        ? await amara.arrive(
            await amara.send(new URL(action, arrived.url).href, { method: 'POST', body: new URLSearchParams({ reader: 'amara.okafor' }) }),
          )
        : arrived;
      expect(new URL(after.url).pathname).toBe('/search');
    }
  });

  it('leads back to where the reader was', async () => {
    const { person, subject } = await app.people.record();
    await app.people.onCaseloadOf('amara.okafor', subject);
    const amara = visitor();
    const asked = await amara.open(`/people/${person}/services/school?search=x&name=Tommy`);
    expect([asked.status, locationOf(asked)]).toEqual([303, '/sign-in']);
    const chooser = await amara.arrive(await amara.open('/sign-in/begin'));
    const action = /action="([^"]+)"/.exec(await chooser.text())![1]!;
    const back = await amara.arrive(
      await amara.send(new URL(action, chooser.url).href, { method: 'POST', body: new URLSearchParams({ reader: 'amara.okafor' }) }),
    );
    expect(new URL(back.url).pathname + new URL(back.url).search).toBe(`/people/${person}/services/school`);
  });

  it('gives a new token, whatever the browser came with, and ends what it had', async () => {
    const amara = await enter('amara.okafor');
    const before = amara.header;
    await amara.read('/sign-in/begin');
    expect(amara.header).not.toEqual(before);
    expect((await lastActions(2)).map(({ action, shown }) => [action, shown?.why])).toEqual([
      ['signed-in', undefined],
      ['session-ended', 'signed-in-again'],
    ]);
    expect((await app.send('/search', { headers: before })).status).toBe(303);
    expect((await amara.open('/search')).status).toBe(200);
  });
});
