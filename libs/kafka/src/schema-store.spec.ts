import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { anyEvent } from '../../../test/support/any-event.js';
import { EVENT_TYPES, type InvolvementEvent, SourceEvent } from '#lib/events';
import { SchemaStore } from './schema-store.js';

const schemas = SchemaStore.open();
const logged = (sent: object): InvolvementEvent => ({ ...SourceEvent.parse({ ...sent, source: 'mosaic' }), eventId: '0af7'.repeat(8) });

test.each(EVENT_TYPES)('any %s a source may send is read from its bytes exactly as it was checked at the door', (type) => {
  fc.assert(
    fc.property(anyEvent('housing', [type]), (sent) => {
      const event = logged(sent);
      const { schema, bytes } = schemas.encodeEvent(event);
      const read = schemas.decodeEvent(type, schema, bytes);
      expect(read).toEqual(event);
      expect(Object.keys(read).toSorted()).toEqual(Object.keys(event).toSorted());
    }),
    { numRuns: 50 },
  );
});

const removed = logged({
  type: 'PersonRemoved',
  recordId: 'C-1',
  sourceVersion: { epoch: 0, position: 1 },
  occurredAt: '2026-01-05T10:00:00Z',
  reason: 'withdrawn',
});

test('bytes may arrive in any kind of byte array', () => {
  const { schema, bytes } = schemas.encodeEvent(removed);
  expect(schemas.decodeEvent('PersonRemoved', schema, new Uint8Array(bytes))).toEqual(removed);
});

test('an event written with a schema nobody kept, or with another event’s schema, is refused with the schema’s name', () => {
  const { schema, bytes } = schemas.encodeEvent(removed);
  const nobodys = 'f'.repeat(64);
  expect(() => schemas.decodeEvent('PersonRemoved', nobodys, bytes)).toThrow(
    expect.objectContaining({ code: 'event-schema-unknown', retriable: false, actual: `schema ${nobodys}` }),
  );
  expect(() => schemas.decodeEvent('PersonRecorded', schema, bytes)).toThrow(
    expect.objectContaining({ code: 'wrong-record', expected: 'PersonRecorded', actual: 'PersonRemoved' }),
  );
});

test('a kept version that was changed afterwards stops the start', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'schemas-')), 'schemas');
  cpSync('schemas', folder, { recursive: true });
  const [version] = readdirSync(join(folder, 'history', 'person-removed'));
  writeFileSync(join(folder, 'history', 'person-removed', version!), '{"type":"record","name":"PersonRemoved","fields":[]}');
  expect(() => SchemaStore.open(folder)).toThrow('was changed');
});
