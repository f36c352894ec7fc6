import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '#lib/events';
import { stack } from '../../../test/support/stack.js';
import { AvroSchema } from './avro-schema.js';
import { RegistryUnavailableError, SchemaNotRegisteredError } from './errors.js';
import { LogCodec } from './log-codec.js';
import { registerSchemas } from './register-schemas.js';
import { Registry } from './registry.js';
import { SchemaStore } from './schema-store.js';

const envelope: Envelope = {
  id: '0af7'.repeat(8),
  type: 'InvolvementOpened',
  source: 'mosaic',
  subject: '0f8fad5b-d9cb-469f-a165-70867728950e',
  sourceVersion: { epoch: 1, position: 1_767_225_600_000_000 },
  occurredAt: 1_767_225_600_000,
  publishedAt: 1_767_225_601_000,
  schema: 'ab'.repeat(32),
  keyIds: ['0f8fad5b-d9cb-469f-a165-70867728950e'],
  sealingVersion: 1,
  sealed: randomBytes(300),
};
const newFolder = () => mkdtempSync(join(tmpdir(), 'registry-cache-'));
const withId = (message: Buffer, id: number) => {
  const copy = Buffer.from(message);
  copy.writeUInt32BE(id, 1);
  return copy;
};

let registryUrl: string;
const closing: (() => void)[] = [];
beforeAll(async () => {
  ({ registryUrl } = await stack());
  await registerSchemas({ registryUrl });
});
afterAll(() => closing.forEach((close) => close()));

/** A way to the real registry that can be cut. */
async function cuttableWay(): Promise<{ url: string; cut(): void }> {
  const { hostname, port, pathname } = new URL(registryUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  const url = await listening(server);
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  closing.push(cut);
  return { url: `${url}${pathname}`, cut };
}

async function registryThat(answers: RequestListener): Promise<string> {
  const server = createHttpServer(answers);
  closing.push(() => (server.close(), server.closeAllConnections()));
  return listening(server);
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('two that prepare the same registry at once', () => {
  test('the second is told of a conflict, and says it again', async () => {
    const told: number[] = [];
    const url = await registryThat((_, response) => {
      const status = told.length === 0 ? 409 : 200;
      told.push(status);
      response.writeHead(status).end('{}');
    });
    await new Registry(url).requireFullTransitive();
    expect(told).toEqual([409, 200]);
  });
});

describe('without the registry', () => {
  test('a codec that was open goes on, new ids wait, and a restart works from the cache', async () => {
    const way = await cuttableWay();
    const cacheDir = newFolder();
    const codec = await LogCodec.open({ registryUrl: way.url, cacheDir });
    way.cut();

    const bytes = codec.encodeEnvelope(envelope);
    await codec.prepare([bytes]);
    expect(codec.decodeEnvelope(bytes)).toEqual(envelope);
    await expect(codec.prepare([withId(bytes, 2_000_000_000)])).rejects.toBeInstanceOf(RegistryUnavailableError);

    const restarted = await LogCodec.open({ registryUrl: way.url, cacheDir });
    expect(restarted.decodeEnvelope(bytes)).toEqual(envelope);
  });

  test('a first start without it waits: an outage is retriable, with no cache or a damaged one', async () => {
    const way = await cuttableWay();
    const cacheDir = newFolder();
    await LogCodec.open({ registryUrl: way.url, cacheDir });
    way.cut();
    await expect(LogCodec.open({ registryUrl: way.url, cacheDir: newFolder() })).rejects.toMatchObject({ retriable: true });
    for (const file of readdirSync(cacheDir)) writeFileSync(join(cacheDir, file), '{"ids":');
    await expect(LogCodec.open({ registryUrl: way.url, cacheDir })).rejects.toBeInstanceOf(RegistryUnavailableError);
  });

  test.each<[string, RequestListener]>([
    ['accepts and never answers', () => undefined],
    ['stops in the middle of an answer', (_request, response) => void response.writeHead(200, { 'content-length': 500 }).write('{"id"')],
    ['answers 500', (_request, response) => void response.writeHead(500).end('{}')],
    ['answers 503 in HTML', (_request, response) => void response.writeHead(503).end('<h1>Back soon</h1>')],
    ['answers nonsense', (_request, response) => void response.writeHead(200).end('<h1>Sign in</h1>')],
  ])(
    'a registry that %s is an outage, told within its deadline',
    async (_what, answers) => {
      const opening = LogCodec.open({ registryUrl: await registryThat(answers), cacheDir: newFolder(), deadline: 300 });
      await expect(opening).rejects.toBeInstanceOf(RegistryUnavailableError);
    },
    5000,
  );

  test('an empty registry is told as one: register first', async () => {
    const empty = await registryThat((_request, response) => void response.writeHead(404).end('{"error_code":40401,"message":"none"}'));
    await expect(LogCodec.open({ registryUrl: empty, cacheDir: newFolder() })).rejects.toBeInstanceOf(SchemaNotRegisteredError);
  });
});

describe('with a registry that changes', () => {
  /** Answers from a list of schemas by id; what is not in it is not known. */
  async function registryWith(schemas: Map<number, AvroSchema>): Promise<string> {
    return registryThat((request, response) => {
      const [, id] = /^\/schemas\/ids\/(\d+)/.exec(request.url ?? '') ?? [];
      const body: Buffer[] = [];
      request.on('data', (chunk: Buffer) => body.push(chunk));
      request.on('end', () => {
        const wanted = id === undefined ? (JSON.parse(Buffer.concat(body).toString()) as { schema: string }).schema : undefined;
        const found = [...schemas].find(([number, { text }]) => (wanted === undefined ? number === Number(id) : text === wanted));
        response.writeHead(found ? 200 : 404).end(JSON.stringify(found ? { id: found[0], schema: found[1].text } : { error_code: 40403 }));
      });
    });
  }
  const ours = () =>
    new Map(
      SchemaStore.open()
        .all()
        .map((schema, index) => [index + 1, schema]),
    );

  test('an envelope of a newer version is read, what it adds is left out, and the next start knows it without asking', async () => {
    const { text } = SchemaStore.open().current('Envelope');
    const newer = new AvroSchema(text.replace('"fields": [', '"fields": [{ "name": "added", "type": "string", "default": "" },'));
    const schemas = ours().set(77, newer);
    const registryUrl = await registryWith(schemas);
    const cacheDir = newFolder();
    const codec = await LogCodec.open({ registryUrl, cacheDir });
    const bytes = withId(newer.encode({ ...envelope, added: 'new' }, 5), 77);
    bytes[0] = 0;
    await codec.prepare([bytes]);
    expect(codec.decodeEnvelope(bytes)).toEqual(envelope);

    schemas.delete(77);
    const restarted = await LogCodec.open({ registryUrl, cacheDir });
    await restarted.prepare([bytes]);
    expect(restarted.decodeEnvelope(bytes)).toEqual(envelope);
  });

  test('a registry that lost its schemas knows nothing: its “unknown” parks no message', async () => {
    const schemas = ours();
    const codec = await LogCodec.open({ registryUrl: await registryWith(schemas), cacheDir: newFolder() });
    schemas.clear();
    const message = withId(codec.encodeEnvelope(envelope), 99);
    await expect(codec.prepare([message])).rejects.toBeInstanceOf(RegistryUnavailableError);
    expect(() => codec.decodeEnvelope(message)).toThrow(expect.objectContaining({ retriable: true }));
  });

  test('a registry made anew gives other ids: the cache does not outlive it', async () => {
    const schemas = ours();
    const registryUrl = await registryWith(schemas);
    const cacheDir = newFolder();
    const { text } = SchemaStore.open().current('Envelope');
    schemas.set(99, new AvroSchema(text.replace('"fields": [', '"fields": [{ "name": "added", "type": "string", "default": "" },')));
    const before = await LogCodec.open({ registryUrl, cacheDir });
    const message = withId(before.encodeEnvelope(envelope), 99);
    await before.prepare([message]);

    const renewed = [...ours()].map(([id, schema]) => [id + 100, schema] as const);
    schemas.clear();
    for (const [id, schema] of renewed) schemas.set(id, schema);
    const after = await LogCodec.open({ registryUrl, cacheDir });
    await after.prepare([message]);
    expect(() => after.decodeEnvelope(message)).toThrow(expect.objectContaining({ code: 'schema-unknown' }));
    expect(after.encodeEnvelope(envelope).readUInt32BE(1)).toBeGreaterThan(100);
  });
});
