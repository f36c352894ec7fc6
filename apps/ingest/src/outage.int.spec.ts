import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { postBody } from '../../../test/support/post-events.js';
import { endsOf } from '../../../test/support/read-log.js';
import { topicsOf } from '#lib/events';
import { connectKafka } from '#lib/kafka';
import { startIngest } from './start.js';

const person = () => ({
  type: 'PersonRecorded',
  recordId: randomUUID(),
  sourceVersion: { epoch: 0, position: 1 },
  occurredAt: '2026-03-01T09:00:00Z',
  names: [{ family: 'Baker' }],
});

describe('With something missing behind it, the door', () => {
  let env: Record<string, string>;
  beforeAll(async () => {
    env = { ...(await appEnv()), LOG_LEVEL: 'silent' };
  });
  const ends = () => endsOf(connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'test' }), topicsOf(env.TOPIC_PREFIX).involvementLog);

  it.each([
    ['the broker', { KAFKA_BROKERS: '127.0.0.1:9' }],
    ['the registry', { REGISTRY_URL: 'http://127.0.0.1:9/apis/ccompat/v7', CACHE_DIR: 'none' }],
    ['the key store', { KEY_STORE_URL: 'postgres://postgres:postgres@127.0.0.1:9/none' }],
    ['the right key-encryption key', { KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64') }],
  ])('says to come back when it is %s, accepts nothing, and says so to whoever watches', async (what, missing) => {
    const cache = await mkdtemp(join(tmpdir(), 'ingest-'));
    const healthy = await startIngest(env);
    await postBody(healthy.url, 'mosaic', person());
    await healthy.stop();
    const before = await ends();
    const ingest = await startIngest({ ...env, ...missing, ...('CACHE_DIR' in missing && { CACHE_DIR: cache }) });
    const answer = await postBody(ingest.url, 'mosaic', { events: [person(), person()] });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(await answer.json()).toMatchObject({ type: 'urn:involvement-index:problem:try-again', status: 503 });
    expect((await fetch(`${ingest.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${ingest.url}/health/live`)).status).toBe(200);
    expect(await ends()).toEqual(before);
    await ingest.stop();
  });

  it('takes events as soon as it is there', async () => {
    const door = await laterServer();
    const { url, stop } = await startIngest({ ...env, KEY_STORE_URL: env.KEY_STORE_URL!.replace(/:\d+\//, `:${door.port}/`) });
    expect((await postBody(url, 'mosaic', person())).status).toBe(503);
    await door.open(Number(new URL(env.KEY_STORE_URL!).port));
    await eventually('an accepted event', async () => (await postBody(url, 'mosaic', person())).status === 200);
    await stop();
    await door.close();
  });
});

/** A port that nobody answers at, until it is opened onto another. */
async function laterServer() {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const through = createServer();
  return {
    port,
    open: (to: number) =>
      new Promise<void>((resolve) => {
        through.on('connection', (socket) => {
          const behind = connect(to, '127.0.0.1');
          socket.pipe(behind).pipe(socket);
          for (const end of [socket, behind]) end.on('error', () => undefined);
        });
        through.listen(port, '127.0.0.1', resolve);
      }),
    close: () => new Promise((resolve) => through.close(resolve)),
  };
}
