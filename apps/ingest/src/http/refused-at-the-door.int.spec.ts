/** At the door: a token that was taken back, and more requests at once than it holds. */
import { connect, type Socket } from 'node:net';
import { EVERYBODY, revoke } from '#lib/identity';
import { Pool } from 'pg';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { postBody } from '../../../../test/support/post-events.js';
import { tokenOf } from '../../../../test/support/tokens.js';
import type { Running } from '#lib/runtime';
import { startIngest } from '../start.js';

const removed = {
  type: 'PersonRemoved',
  recordId: '4711',
  sourceVersion: { epoch: 0, position: 1 },
  occurredAt: '2026-03-01T09:00:00Z',
  reason: 'withdrawn',
};
let ingest: Running | undefined;
afterEach(() => ingest?.stop());
const statusFor = async (source: string) => {
  const answer = await postBody(ingest!.url, source, removed, { token: await tokenOf(source) });
  return [answer.status, ((await answer.json()) as { detail?: string }).detail];
};

it.each([
  ['of one source', 'mosaic', 200],
  ['of everybody', EVERYBODY, 401],
])('A token that was taken back %s publishes nothing, and is told to be asked for again', async (_, who, ofAnother) => {
  const env = await appEnv({ LOG_LEVEL: 'silent' });
  for (const source of ['mosaic', 'niche']) await tokenOf(source);
  const pool = new Pool({ connectionString: env.SESSIONS_URL! });
  await revoke(pool, who);
  await pool.end();
  ingest = await startIngest(env);
  expect(await statusFor('mosaic')).toEqual([401, 'Ask the directory for a new token.']);
  expect((await statusFor('niche'))[0]).toBe(ofAnother);
});

it('The door holds 64 requests at once, asks the next to come again, and takes it once one of them is gone', async () => {
  ingest = await startIngest(await appEnv({ LOG_LEVEL: 'silent' }));
  const { hostname, port } = new URL(ingest.url);
  const head = `POST /v1/sources/mosaic/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\nAuthorization: Bearer ${await tokenOf('mosaic')}\r\n\r\n{`;
  const held: Socket[] = [];
  for (let at = 0; at < 64; at += 1) held.push(connect(Number(port), hostname).on('error', () => undefined));
  for (const socket of held) socket.write(head);
  try {
    await eventually('the next is refused', async () => (await statusFor('mosaic'))[0] === 503);
    const answer = await postBody(ingest.url, 'mosaic', removed, { token: await tokenOf('mosaic') });
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([503, '1', expect.objectContaining({ type: expect.stringMatching(/too-many-at-once$/) })]); // prettier-ignore
    held.pop()!.destroy();
    await eventually('the next is taken', async () => (await statusFor('mosaic'))[0] === 200);
  } finally {
    for (const socket of held) socket.destroy();
  }
});
