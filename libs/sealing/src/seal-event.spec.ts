import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { SealBrokenError } from './errors.js';
import { type ClearFields, sealEvent, unsealEvent } from './seal-event.js';
import { SubjectKey } from './subject-key.js';

const subject = '0f8fad5b-d9cb-469f-a165-70867728950e';
const key = new SubjectKey(subject, randomBytes(32));
const plain = Buffer.from('{"family":"O’Brien"}');

const anyClear: fc.Arbitrary<ClearFields> = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{32}$/),
  type: fc.constantFrom('PersonRecorded', 'InvolvementOpened'),
  source: fc.constantFrom('mosaic', 'synergy'),
  subject: fc.uuid(),
  sourceVersion: fc.record({ epoch: fc.nat(), position: fc.maxSafeNat() }),
  occurredAt: fc.maxSafeNat(),
  publishedAt: fc.maxSafeNat(),
  schema: fc.stringMatching(/^[0-9a-f]{64}$/),
  keyIds: fc.array(fc.uuid(), { minLength: 1, maxLength: 3 }),
  sealingVersion: fc.constant(1),
});

test('what was sealed is unsealed to the byte, whatever its size', () => {
  fc.assert(
    fc.property(anyClear, fc.uint8Array({ maxLength: 2000 }), (clear, bytes) => {
      const sealed = sealEvent(key, clear, bytes);
      expect(unsealEvent(key, { ...clear, sealed })).toEqual(Buffer.from(bytes));
    }),
  );
});

/** Every clear field, each with another value of its kind. */
const changes: { [F in keyof ClearFields]-?: (clear: ClearFields) => Partial<ClearFields> } = {
  id: ({ id }) => ({ id: id.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
  type: ({ type }) => ({ type: type === 'PersonRecorded' ? 'PersonRemoved' : 'PersonRecorded' }),
  source: ({ source }) => ({ source: `${source}x` }),
  subject: ({ subject }) => ({ subject: subject.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
  sourceVersion: ({ sourceVersion: { epoch, position } }) => ({ sourceVersion: { epoch: epoch + 1, position } }),
  occurredAt: ({ occurredAt }) => ({ occurredAt: occurredAt - 1 }),
  publishedAt: ({ publishedAt }) => ({ publishedAt: publishedAt - 1 }),
  schema: ({ schema }) => ({ schema: schema.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
  keyIds: ({ keyIds }) => ({ keyIds: [...keyIds, 'one more'] }),
  sealingVersion: () => ({ sealingVersion: 2 }),
};

test.each(Object.entries(changes))('a changed %s is noticed', (_field, change) => {
  fc.assert(
    fc.property(anyClear, (clear) => {
      const sealed = sealEvent(key, clear, plain);
      expect(() => unsealEvent(key, { ...clear, ...change(clear), sealed })).toThrow(SealBrokenError);
    }),
  );
});

test('a position that moves into the epoch, and text that moves between fields, are noticed', () => {
  fc.assert(
    fc.property(anyClear, (clear) => {
      const { epoch, position } = clear.sourceVersion;
      fc.pre(epoch !== position);
      const sealed = sealEvent(key, clear, plain);
      const swapped = { ...clear, sourceVersion: { epoch: position, position: epoch } };
      expect(() => unsealEvent(key, { ...swapped, sealed })).toThrow(SealBrokenError);
      const moved = { ...clear, type: `${clear.type}${clear.source.slice(0, 1)}`, source: clear.source.slice(1) };
      expect(() => unsealEvent(key, { ...moved, sealed })).toThrow(SealBrokenError);
    }),
  );
});

test('any changed, cut or added sealed byte is noticed', () => {
  fc.assert(
    fc.property(anyClear, fc.nat(), fc.integer({ min: 1, max: 255 }), (clear, at, by) => {
      const sealed = sealEvent(key, clear, plain);
      const changed = Buffer.from(sealed);
      changed[at % sealed.length]! ^= by;
      expect(() => unsealEvent(key, { ...clear, sealed: changed })).toThrow(SealBrokenError);
      expect(() => unsealEvent(key, { ...clear, sealed: sealed.subarray(0, at % sealed.length) })).toThrow(SealBrokenError);
      expect(() => unsealEvent(key, { ...clear, sealed: Buffer.concat([sealed, Buffer.of(by)]) })).toThrow(SealBrokenError);
    }),
  );
});

test('another record’s key opens nothing', () => {
  const [clear] = fc.sample(anyClear, 1) as [ClearFields];
  const sealed = sealEvent(key, clear, plain);
  expect(() => unsealEvent(new SubjectKey(subject, randomBytes(32)), { ...clear, sealed })).toThrow(SealBrokenError);
});

test('the same event sealed many times never uses a nonce twice, nor shows what is inside', () => {
  const [clear] = fc.sample(anyClear, 1) as [ClearFields];
  const sealed = Array.from({ length: 2000 }, () => sealEvent(key, clear, plain));
  expect(new Set(sealed.map((bytes) => bytes.toString('hex', 0, 12))).size).toBe(2000);
  expect(sealed.some((bytes) => bytes.includes('Brien'))).toBe(false);
});
