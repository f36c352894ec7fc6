import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { anyEvent } from '../../../test/support/any-event.js';
import { stack } from '../../../test/support/stack.js';
import { EVENT_TYPES, SourceEvent } from '#lib/events';
import { LandingCodec } from './landing-codec.js';
import { LogCodec } from './log-codec.js';
import { registerSchemas } from './register-schemas.js';
import { SchemaStore } from './schema-store.js';

let codec: LandingCodec;
let registryUrl: string;
const cacheDir = `.cache/test-registry-${randomUUID()}`;
beforeAll(async () => {
  ({ registryUrl } = await stack());
  await registerSchemas({ registryUrl });
  codec = await LandingCodec.open({ registryUrl, cacheDir, schemas: SchemaStore.open(), types: EVENT_TYPES });
});

it('gives every event back as its source would send it in JSON', () => {
  fc.assert(
    fc.property(anyEvent('school'), (sent) => {
      const event = SourceEvent.parse({ ...sent, source: 'synergy' });
      expect(SourceEvent.parse(codec.decode(codec.encode(event)))).toEqual(event);
    }),
  );
});

it('takes no record but events, and no id that the registry does not hold', async () => {
  const logs = await LogCodec.open({ registryUrl, cacheDir });
  const refusal = logs.encodeRejection({
    source: 'mosaic',
    at: 1,
    type: null,
    index: 0,
    pointer: '',
    rule: 'x',
    expected: '',
    fix: '',
  });
  await codec.prepare([refusal]);
  expect(() => codec.decode(refusal)).toThrow('Rejection');
  const unknown = Buffer.from([0, 0x7f, 0, 0, 1, 2]);
  await codec.prepare([unknown]);
  expect(() => codec.decode(unknown)).toThrow('schema');
  for (const bytes of [Buffer.alloc(0), Buffer.from('{"type":"PersonRecorded"}')]) expect(() => codec.decode(bytes)).toThrow('expected');
});
