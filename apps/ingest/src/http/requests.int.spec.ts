import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { appEnv } from '../../../../test/support/app-env.js';
import { postBody, type PostOptions } from '../../../../test/support/post-events.js';
import { tokenOf } from '../../../../test/support/tokens.js';
import type { Running } from '#lib/runtime';
import { startIngest } from '../start.js';

const person = {
  type: 'PersonRecorded',
  recordId: '4711',
  sourceVersion: { epoch: 0, position: 1 },
  occurredAt: '2026-03-01T09:00:00Z',
  names: [{ family: 'Baker' }],
};
const GZIP = { headers: { 'content-encoding': 'gzip' } };
const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));

describe('A request at the door', () => {
  let ingest: Running;
  beforeAll(async () => {
    ingest = await startIngest(await appEnv({ LOG_LEVEL: 'silent' }));
  });
  afterAll(() => ingest?.stop());

  async function refusal(source: string, body: unknown, o?: PostOptions) {
    const answer = await postBody(ingest.url, source, body, o);
    const problem = (await answer.json()) as { type?: string; status?: number };
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(problem.status).toBe(answer.status);
    return { status: answer.status, code: problem.type?.split(':').at(-1), challenge: answer.headers.get('www-authenticate') };
  }

  it('lets each source speak for itself, and for no other', async () => {
    const names = ['mosaic', 'niche', 'synergy'];
    for (const source of names) {
      for (const holder of names) {
        const { status } = await postBody(
          ingest.url,
          source,
          { ...person, type: 'PersonRemoved', reason: 'withdrawn', names: undefined },
          { token: await tokenOf(holder) },
        );
        expect({ source, holder, status }).toEqual({ source, holder, status: source === holder ? 200 : 403 });
      }
    }
  });

  it('is asked who speaks when it has no token we believe', async () => {
    const mosaic = await tokenOf('mosaic');
    const [head, claims, signature] = mosaic.split('.') as [string, string, string];
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const NO_TOKEN = 'Bearer realm="ingest"';
    const NOT_BELIEVED = 'Bearer realm="ingest", error="invalid_token"';
    const attempts: [PostOptions, string][] = [
      [{ token: null }, NO_TOKEN],
      [{ token: '' }, NO_TOKEN],
      [{ token: null, headers: { authorization: `Basic ${mosaic}` } }, NO_TOKEN],
      [{ token: 'guessed' }, NOT_BELIEVED],
      [{ token: `${mosaic}x` }, NOT_BELIEVED],
      [{ token: `${head}.${claims}.` }, NOT_BELIEVED],
      [{ token: `${none}.${claims}.` }, NOT_BELIEVED],
      [{ token: `${none}.${claims}.${signature}` }, NOT_BELIEVED],
      [{ token: `${head}.${(await tokenOf('niche')).split('.')[1]}.${signature}` }, NOT_BELIEVED],
    ];
    for (const [o, challenge] of attempts)
      expect(await refusal('mosaic', person, o)).toEqual({ status: 401, code: 'not-signed-in', challenge });
  });

  it('needs the scope of the source: a token to ask questions publishes nothing', async () => {
    expect(await refusal('mosaic', person, { token: await tokenOf('case-management') })).toMatchObject({
      status: 403,
      code: 'not-your-source',
    });
  });

  it('does not learn from another’s token which sources exist', async () => {
    const token = await tokenOf('mosaic');
    expect(await refusal('niche', person, { token })).toEqual(await refusal('no-such-source', person, { token }));
  });

  it('is not read before its sender is known', async () => {
    expect(await refusal('mosaic', 'x'.repeat(6_000_000), { token: null })).toMatchObject({ status: 401 });
  });

  it.each([
    ['not JSON', '{"type":', {}, 400, 'not-json'],
    ['empty', '', {}, 400, 'not-json'],
    ['in Latin-1', bytes('{"type":"Ångström"}', 'latin1'), {}, 400, 'not-utf-8'],
    ['in UTF-16', bytes('{"type":1}', 'utf16le'), {}, 400, 'not-json'],
    ['compressed', '{}', GZIP, 415, 'not-json'],
    ['a form', 'type=PersonRecorded', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'not-json'],
    ['text', '{}', { headers: { 'content-type': 'text/plain' } }, 415, 'not-json'],
    ['said to be in another encoding', '{}', { headers: { 'content-type': 'application/json; charset=latin1' } }, 415, 'not-json'],
    ['an empty list', '[]', {}, 400, 'no-events'],
    ['an empty list in an object', '{"events":[]}', {}, 400, 'no-events'],
    ['a list with something beside it', '{"events":[{}],"force":true}', {}, 400, 'not-events'],
    ['no list where a list should be', '{"events":{}}', {}, 400, 'not-events'],
    ['two lists of one name', '{"events":[{}],"events":[{}]}', {}, 400, 'not-events'],
    ['more than 1,000 events', `[${'{},'.repeat(1_000)}{}]`, {}, 413, 'too-many-events'],
    ['more than 5 MB', ' '.repeat(5_300_000), {}, 413, 'too-large'],
    ['more values than any events hold', `[[${'0,'.repeat(300_001)}0]]`, {}, 413, 'too-many-values'],
  ])('is refused as a whole when its body is %s', async (_, body, o, status, code) => {
    expect(await refusal('mosaic', body, o)).toMatchObject({ status, code });
  });

  it.each(['/v1/sources/mosaic', '/v1/people', '/nowhere', '/v1/sources/mosaic/events/4711', '/v1/sources/%E0%A4%A/events'])(
    'is told in the same form that there is nothing at %s',
    async (path) => {
      const answer = await fetch(`${ingest.url}${path}`, { headers: { authorization: `Bearer ${await tokenOf('mosaic')}` } });
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toMatch('application/problem+json');
      expect(JSON.stringify(await answer.json())).not.toContain('4711');
    },
  );

  it('is answered in the same form when it is no HTTP', async () => {
    const { hostname, port } = new URL(ingest.url);
    const socket = connect(Number(port), hostname);
    socket.end('Thomas Baker\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).not.toContain('Baker');
  });

  it('does not end the door when it is cut off in the middle', async () => {
    const { hostname, port } = new URL(ingest.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST /v1/sources/mosaic/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await tokenOf('mosaic')}\r\n`);
    socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"type":');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await postBody(ingest.url, 'mosaic', person)).status).toBe(200);
  });
});
