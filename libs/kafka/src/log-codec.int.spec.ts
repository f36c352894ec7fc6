import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '#lib/events';
import { stack } from '../../../test/support/stack.js';
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
beforeAll(async () => {
  ({ registryUrl } = await stack());
  await registerSchemas({ registryUrl });
});

test('an envelope, every identity decision and a rejection come back as they were', async () => {
  const codec = await LogCodec.open({ registryUrl, cacheDir: newFolder() });
  const bytes = codec.encodeEnvelope(envelope);
  expect(bytes[0]).toBe(0);
  expect(codec.decodeEnvelope(bytes)).toEqual(envelope);

  const { subject } = envelope;
  const decisions = [
    { type: 'RecordAssigned', decision: 1, subject, person: subject, reason: 'same-nhs-number', modelVersion: '1' },
    { type: 'PersonRetired', decision: 2, person: subject, into: subject },
    {
      type: 'RecordsKeptApart',
      decision: 4,
      subject,
      other: envelope.keyIds[0]!.replace('0f', '1f'),
      reason: 'steward',
      by: 'data-steward',
    },
    { type: 'RecordsKeptTogether', decision: 5, subject, other: envelope.keyIds[0]!.replace('0f', '1f'), reason: '', by: '' },
    { type: 'MatchModelChosen', decision: 6, modelVersion: 'strict-1+0f', settings: '{}', by: 'operations' },
    {
      type: 'MatchedUpTo',
      decision: 3,
      offsets: [
        { partition: 0, offset: 7 },
        { partition: 1, offset: 0 },
      ],
    },
  ] as const;
  for (const decision of decisions) expect(codec.decodeDecision(codec.encodeDecision(decision as never))).toEqual(decision);

  const rejection = {
    source: 'mosaic',
    at: 1,
    type: null,
    index: 3,
    pointer: '/names/0',
    rule: 'real-date',
    expected: 'a date',
    fix: 'Fix.',
  };
  expect(codec.decodeRejection(codec.encodeRejection(rejection))).toEqual(rejection);
});

test('schemas are registered by record name, once, and an incompatible version is refused', async () => {
  const [again] = [await registerSchemas({ registryUrl })];
  expect(again.map(({ subject }) => subject)).toContain('involvement.index.InvolvementOpened');
  expect(await registerSchemas({ registryUrl })).toEqual(again);
  const { subject, text } = SchemaStore.open().current('PersonRemoved');
  const incompatible = text.replace('"fields": [', '"fields": [{ "name": "added", "doc": "No default.", "type": "string" },');
  const refused = new Registry(registryUrl).register(subject, incompatible);
  await expect(refused).rejects.toMatchObject({ code: 'schema-incompatible', retriable: false });
});

test('the registry enforces full compatibility for each subject and for all to come', async () => {
  for (const path of ['config', 'config/involvement.index.Envelope']) {
    expect(await (await fetch(`${registryUrl}/${path}`)).json()).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
  }
});

test('an id the registry never gave is a message to park, an id not looked up yet is not', async () => {
  const codec = await LogCodec.open({ registryUrl, cacheDir: newFolder() });
  const foreign = withId(codec.encodeEnvelope(envelope), 2_000_000_000);
  expect(() => codec.decodeEnvelope(foreign)).toThrow(expect.objectContaining({ code: 'schema-not-read', retriable: true }));
  await codec.prepare([null, Buffer.of(1, 2), foreign]);
  expect(() => codec.decodeEnvelope(foreign)).toThrow(expect.objectContaining({ code: 'schema-unknown', retriable: false }));
});

test('a message of another record, registered or ours, is refused by name', async () => {
  const codec = await LogCodec.open({ registryUrl, cacheDir: newFolder() });
  const name = `Stranger${randomBytes(4).toString('hex')}`;
  const id = await new Registry(registryUrl).register(`test.${name}`, `{"type":"record","name":"test.${name}","fields":[]}`);
  const stranger = withId(Buffer.alloc(5), id);
  await codec.prepare([stranger]);
  expect(() => codec.decodeEnvelope(stranger)).toThrow(expect.objectContaining({ code: 'wrong-record', actual: name }));
  const decision = codec.encodeDecision({ type: 'PersonRetired', decision: 2, person: envelope.subject, into: envelope.subject });
  expect(() => codec.decodeEnvelope(decision)).toThrow(expect.objectContaining({ code: 'wrong-record', actual: 'PersonRetired' }));
  expect(() => codec.decodeDecision(codec.encodeEnvelope(envelope))).toThrow(expect.objectContaining({ code: 'wrong-record' }));
});

test.each([
  ['AVRO', (name: string) => ({ type: 'record', name: `test.${name}`, fields: [{ name: 'by', type: { type: 'map', values: 'double' } }] })],
  ['JSON', () => ({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' })],
])('a registered %s schema unlike any of ours stops nothing: its message is refused', async (schemaType, schemaOf) => {
  const name = `Stranger${randomBytes(4).toString('hex')}`;
  const response = await fetch(`${registryUrl}/subjects/test.${name}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schemaType, schema: JSON.stringify(schemaOf(name)) }),
  });
  const { id } = (await response.json()) as { id: number };
  const codec = await LogCodec.open({ registryUrl, cacheDir: newFolder() });
  const stranger = withId(Buffer.alloc(5), id);
  await codec.prepare([stranger]);
  await codec.prepare([stranger]);
  expect(() => codec.decodeEnvelope(stranger)).toThrow(expect.objectContaining({ code: 'schema-unknown', actual: `id ${id}` }));
});

test.each([
  ['id', 'XY'],
  ['type', 'PersonInvented'],
  ['source', 'Mosaic; drop'],
  ['subject', 'C-4711'],
  ['sourceVersion', { epoch: 0, position: -1 }],
  ['occurredAt', 9e15],
  ['schema', 'latest'],
])('an envelope whose %s is not of its form is refused, the value untold', async (field, value) => {
  const codec = await LogCodec.open({ registryUrl, cacheDir: newFolder() });
  const bytes = codec.encodeEnvelope({ ...envelope, [field]: value });
  const decode = () => codec.decodeEnvelope(bytes);
  expect(decode).toThrow(expect.objectContaining({ code: 'field-invalid', expected: expect.stringContaining(field) as string }));
  if (typeof value === 'string') expect(decode).not.toThrow(value);
});

test.each([
  ['too-short', Buffer.of(0, 0, 0, 1)],
  ['foreign-magic-byte', Buffer.from('{"not":"avro"}')],
  ['too-large', Buffer.alloc(1_000_001)],
])('bytes in no frame of ours are refused: %s', async (code, bytes) => {
  const codec = await LogCodec.open({ registryUrl, cacheDir: newFolder() });
  await codec.prepare([bytes]);
  expect(() => codec.decodeEnvelope(bytes)).toThrow(expect.objectContaining({ code, retriable: false }));
});
