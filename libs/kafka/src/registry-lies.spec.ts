import { jest } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '#lib/events';
import { LogCodec } from './log-codec.js';
import { SchemaStore } from './schema-store.js';

const ASKED_AGAIN_AFTER_MS = 30_000;
const ID = 77;

const envelope: Envelope = {
  id: '0af7'.repeat(8),
  type: 'InvolvementOpened',
  source: 'mosaic',
  subject: '0f8fad5b-d9cb-469f-a165-70867728950e',
  sourceVersion: { epoch: 1, position: 1 },
  occurredAt: 1_767_225_600_000,
  publishedAt: 1_767_225_601_000,
  schema: 'ab'.repeat(32),
  keyIds: ['0f8fad5b-d9cb-469f-a165-70867728950e'],
  sealingVersion: 1,
  sealed: Buffer.alloc(300),
};

/** What is told of each id: a text, or nothing. */
let told: Map<number, string>;
let asked: number;
let server: Server;
let cacheDir: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => {
      const id = Number(/^\/schemas\/ids\/(\d+)/.exec(request.url ?? '')?.[1] ?? NaN);
      if (id === ID) asked += 1;
      const wanted = Number.isNaN(id) ? (JSON.parse(Buffer.concat(body).toString()) as { schema: string }).schema : undefined;
      const found = [...told].find(([number, text]) => (wanted === undefined ? number === id : text === wanted));
      response.writeHead(found ? 200 : 404).end(JSON.stringify(found ? { id: found[0], schema: found[1] } : { error_code: 40403 }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  told = new Map(
    SchemaStore.open()
      .all()
      .map(({ text }, index) => [index + 1, text]),
  );
  asked = 0;
  cacheDir = mkdtempSync(join(tmpdir(), 'registry-cache-'));
});
afterEach(() => jest.restoreAllMocks());

const open = () => LogCodec.open({ registryUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cacheDir });
const text = (record: string) => SchemaStore.open().current(record).text;
const later = (ms: number) => {
  const now = Date.now() + ms;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
};
const onDisk = () =>
  readdirSync(cacheDir)
    .map((file) => readFileSync(join(cacheDir, file), 'utf8'))
    .join('');
const reworded = () => JSON.stringify({ ...(JSON.parse(text('Envelope')) as object), doc: 'Other words.' });
const written = (codec: LogCodec) => {
  const bytes = codec.encodeEnvelope(envelope);
  bytes.writeUInt32BE(ID, 1);
  return bytes;
};
async function decoded(codec: LogCodec, bytes: Buffer): Promise<Envelope> {
  await codec.prepare([bytes]);
  return codec.decodeEnvelope(bytes);
}

describe('What the registry says of an id we do not write with', () => {
  it('is believed for a while only: the right answer is taken when there is one, without a restart', async () => {
    const codec = await open();
    const bytes = written(codec);
    told.set(ID, text('Rejection'));
    await expect(decoded(codec, bytes)).rejects.toMatchObject({ code: 'wrong-record' });
    told.set(ID, reworded());
    await expect(decoded(codec, bytes)).rejects.toMatchObject({ code: 'wrong-record' });
    later(ASKED_AGAIN_AFTER_MS);
    expect(await decoded(codec, bytes)).toEqual(envelope);
  });

  it('is asked anew at once when what was parked is tried again: whether it did not know it, or gave another', async () => {
    const codec = await open();
    const bytes = written(codec);
    await expect(decoded(codec, bytes)).rejects.toMatchObject({ code: 'schema-unknown' });
    told.set(ID, text('Rejection'));
    await codec.askAgain();
    await expect(decoded(codec, bytes)).rejects.toMatchObject({ code: 'wrong-record' });
    told.set(ID, reworded());
    await codec.askAgain();
    expect(await decoded(codec, bytes)).toEqual(envelope);
  });

  it('is kept on disk only where it is a version of ours, and not once it is taken back', async () => {
    const codec = await open();
    const bytes = written(codec);
    told.set(ID, '{"type":"record","name":"test.Stranger","fields":[]}');
    await expect(decoded(codec, bytes)).rejects.toMatchObject({ code: 'wrong-record', actual: 'Stranger' });
    expect(onDisk()).not.toContain('Stranger');
    told.set(ID, reworded());
    await codec.askAgain();
    await decoded(codec, bytes);
    expect(onDisk()).toContain('Other words.');
    told.delete(ID);
    await codec.askAgain();
    await expect(decoded(codec, bytes)).rejects.toMatchObject({ code: 'schema-unknown' });
    expect(onDisk()).not.toContain('Other words.');
  });

  it('is asked ever more seldom while it stays the same', async () => {
    const codec = await open();
    const bytes = written(codec);
    told.set(ID, reworded());
    for (let looks = 0; looks < 20; looks += 1) {
      await decoded(codec, bytes);
      later(ASKED_AGAIN_AFTER_MS);
    }
    expect(asked).toBeGreaterThan(2);
    expect(asked).toBeLessThanOrEqual(6);
  });

  it('holds on while the registry is away', async () => {
    const codec = await open();
    const bytes = written(codec);
    told.set(ID, reworded());
    await decoded(codec, bytes);
    later(ASKED_AGAIN_AFTER_MS);
    server.closeAllConnections();
    const answers = server.listeners('request');
    server.removeAllListeners('request').on('request', (_request, response) => void response.writeHead(500).end('{}'));
    try {
      expect(await decoded(codec, bytes)).toEqual(envelope);
    } finally {
      server.removeAllListeners('request');
      for (const answer of answers) server.on('request', answer as never);
    }
  });
});
