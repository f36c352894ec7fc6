import * as fc from 'fast-check';
import { AvroSchema } from './avro-schema.js';
import { ContractBrokenError, UndecodableError } from './errors.js';

const text = JSON.stringify({
  type: 'record',
  name: 'Row',
  namespace: 'test',
  fields: [
    { name: 'name', type: 'string' },
    { name: 'other', type: ['null', 'string'], default: null },
    { name: 'tags', type: { type: 'array', items: 'string' }, default: [] },
    { name: 'yes', type: 'boolean', default: false },
    { name: 'small', type: 'int', default: 0 },
    { name: 'large', type: 'long', default: 0 },
    { name: 'raw', type: 'bytes', default: '' },
  ],
});
const schema = new AvroSchema(text);
const row = (own: object = {}) => ({ name: 'Ann', other: null, tags: [], yes: false, small: 0, large: 0, raw: Buffer.alloc(0), ...own });
const decode = (bytes: Buffer) => schema.decode(bytes, schema);
const codeOf = (act: () => unknown) => {
  try {
    act();
    return 'fine';
  } catch (error) {
    if (error instanceof UndecodableError || error instanceof ContractBrokenError) return error.code;
    throw error;
  }
};

const anyRow = fc.record({
  name: fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed() && !value.includes('\0')),
  other: fc.option(fc.string({ unit: 'grapheme' })),
  tags: fc.array(fc.string({ unit: 'grapheme' })),
  yes: fc.boolean(),
  small: fc.integer(),
  large: fc.oneof(fc.integer({ min: -(2 ** 52), max: 2 ** 53 - 2 }), fc.constantFrom(-(2 ** 52), 2 ** 53 - 2)),
  raw: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
});

test('every value comes back as it was, in any script', () => {
  fc.assert(fc.property(anyRow, (value) => expect(decode(schema.encode(value))).toEqual(value)));
});

test('bytes cut short anywhere, or with one too many, are refused', () => {
  fc.assert(
    fc.property(anyRow, fc.nat(), (value, at) => {
      const bytes = schema.encode(value);
      expect(codeOf(() => decode(bytes.subarray(0, at % bytes.length)))).toBe('truncated');
      expect(codeOf(() => decode(Buffer.concat([bytes, Buffer.of(0)])))).toBe('trailing-bytes');
    }),
  );
});

test('any bytes at all are either read or refused with a code, quickly', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(typeof codeOf(() => decode(Buffer.from(bytes)))).toBe('string');
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['an overlong form', [0xc1, 0x81]],
  ['a lone continuation', [0x61, 0x80]],
  ['a half surrogate', [0xed, 0xa0, 0x80]],
  ['a sequence cut short', [0x61, 0xe2, 0x82]],
  ['a code point past the last', [0xf4, 0x90, 0x80, 0x80]],
  ['Latin-1', [0x5a, 0x6f, 0xeb]],
])('text that is not UTF-8 is refused before it is read: %s', (_what, name) => {
  const rest = schema.encode(row({ name: '' })).subarray(1);
  const bytes = Buffer.concat([Buffer.of(name.length * 2), Buffer.from(name), rest]);
  expect(() => decode(bytes)).toThrow(expect.objectContaining({ code: 'invalid-utf8', expected: 'UTF-8 in Row.name' }));
});

test('the replacement character itself is a character like any other', () => {
  expect(decode(schema.encode(row({ name: 'Zo\ufffd' })))).toHaveProperty('name', 'Zo\ufffd');
});

test('NUL is refused: the database could not hold it', () => {
  expect(codeOf(() => decode(schema.encode(row({ tags: ['a\0b'] }))))).toBe('invalid-text');
});

const bytesWith = (field: 'other' | 'tags' | 'yes' | 'small' | 'large', bytes: number[]) => {
  const before = { other: [2, 0x61], tags: [2, 0x61, 0], yes: [2, 0x61, 0, 0], small: [2, 0x61, 0, 0, 0], large: [2, 0x61, 0, 0, 0, 0] };
  return Buffer.from([...before[field], ...bytes]);
};

test.each([
  ['a list said to hold a thousand million million items', bytesWith('tags', [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), 'truncated'],
  ['a list counted in negative numbers, its size left out', bytesWith('tags', [0x03]), 'truncated'],
  ['a third kind of two', bytesWith('other', [4, 0, 0, 0, 0, 0, 0, 0]), 'invalid-value'],
  ['a kind before the first', bytesWith('other', [1, 0, 0, 0, 0, 0, 0, 0]), 'invalid-value'],
  ['a yes that is neither 0 nor 1', bytesWith('yes', [2, 0, 0, 0]), 'invalid-value'],
  ['an int of 33 bits', bytesWith('small', [0x80, 0x80, 0x80, 0x80, 0x20, 0, 0]), 'invalid-value'],
  ['a long past 2^53', bytesWith('large', [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0]), 'invalid-value'],
  [
    'a long that never ends',
    bytesWith(
      'large',
      Array.from({ length: 100 }, () => 0x80),
    ),
    'invalid-value',
  ],
  ['text of negative length', Buffer.from([1, 0, 0, 0, 0, 0, 0]), 'truncated'],
])('forged bytes are refused: %s', (_what, bytes, code) => {
  expect(codeOf(() => decode(bytes))).toBe(code);
});

test('a list of nothings can not be made to last for ever', () => {
  const nothings = new AvroSchema('{"type":"record","name":"Row","fields":[{"name":"list","type":{"type":"array","items":"null"}}]}');
  const forged = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0]);
  expect(codeOf(() => nothings.decode(forged, nothings))).toBe('truncated');
});

test('a list written in several blocks, with or without their sizes, is read', () => {
  const blocks = bytesWith('tags', [3, 4, 2, 0x62, 0x02, 2, 0x63, 0, 0, 0, 0, 0]);
  expect(() => decode(blocks)).toThrow(UndecodableError);
  const good = bytesWith('tags', [3, 8, 2, 0x62, 2, 0x63, 2, 2, 0x64, 0, 0, 0, 0, 0]);
  expect(decode(good)).toHaveProperty('tags', ['b', 'c', 'd']);
});

test('what is too large is refused on the way in and on the way out', () => {
  expect(codeOf(() => schema.encode(row({ name: 'x'.repeat(1_000_001) })))).toBe('too-large');
  expect(codeOf(() => decode(Buffer.alloc(1_000_001)))).toBe('too-large');
  expect(decode(schema.encode(row({ name: 'é'.repeat(400_000) })))).toHaveProperty('name', 'é'.repeat(400_000));
});

test('a value that does not fit is refused by the name of its field, never with the value', () => {
  const wrong = () => schema.encode(row({ tags: ['fine', 4711] }));
  expect(wrong).toThrow(expect.objectContaining({ code: 'not-encodable', actual: '/tags/1 is no string' }));
  expect(wrong).not.toThrow(/4711/);
});

test('an older version reads a newer one’s bytes and the other way round; a stranger’s are refused', () => {
  const newer = new AvroSchema(text.replace('"fields":[', '"fields":[{"name":"added","type":["null","string"],"default":null},'));
  const older = schema;
  expect(older.decode(newer.encode({ added: 'new', ...row() }), newer)).toEqual(row());
  expect(newer.decode(older.encode(row()), older)).toEqual({ added: null, ...row() });
  const stranger = new AvroSchema(JSON.stringify({ type: 'record', name: 'test.Row', fields: [{ name: 'name', type: 'long' }] }));
  expect(codeOf(() => older.decode(Buffer.of(0), stranger))).toBe('schema-unreadable');
});

test('a kind of value our schemas do not use is refused when the schema is read, not in the middle of a batch', () => {
  const withMap = JSON.stringify({ type: 'record', name: 'Row', fields: [{ name: 'map', type: { type: 'map', values: 'string' } }] });
  expect(() => new AvroSchema(withMap)).toThrow('map is not used by our schemas');
});
