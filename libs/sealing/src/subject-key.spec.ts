import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { canonicalBytes } from './canonical-bytes.js';
import { eventIdOf, SubjectKey } from './subject-key.js';

const subject = '0f8fad5b-d9cb-469f-a165-70867728950e';
const anyParts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger()), { maxLength: 5 });

test('the same fact and version always get the same event id, under the same key alone', () => {
  const dataKey = randomBytes(32);
  const id = eventIdOf(new SubjectKey(subject, dataKey), ['InvolvementOpened', 'I-1', 0, 7]);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(eventIdOf(new SubjectKey(subject, dataKey), ['InvolvementOpened', 'I-1', 0, 7])).toBe(id);
  expect(eventIdOf(new SubjectKey(subject, dataKey), ['InvolvementOpened', 'I-1', 0, 8])).not.toBe(id);
  expect(eventIdOf(new SubjectKey(subject, randomBytes(32)), ['InvolvementOpened', 'I-1', 0, 7])).not.toBe(id);
});

test('a known key gives the event id it has always given: ids already in the log stay valid', () => {
  expect(eventIdOf(new SubjectKey(subject, Buffer.alloc(32, 7)), ['PersonRecorded', 0, 42, 'Zoë'])).toBe(
    '588933475870107b761e57113894407b',
  );
});

test('keys for ids, digests and sealing are three different keys', () => {
  const key = new SubjectKey(subject, randomBytes(32));
  const keys = [key.sealing, key.ids, key.digests].map((one) => one.export().toString('hex'));
  expect(new Set(keys).size).toBe(3);
  expect(keys.every((one) => one.length === 64)).toBe(true);
});

test('no two different lists have the same canonical bytes', () => {
  fc.assert(
    fc.property(anyParts, anyParts, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      const bytes = Buffer.from(canonicalBytes('test/1', one));
      expect(bytes.equals(canonicalBytes('test/1', other))).toBe(same);
    }),
  );
  const bytesOf = (values: (string | number | string[])[]) => canonicalBytes('test/1', values).toString('hex');
  expect(new Set([['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], [['ab', 'c']], [['abc']], [1, '1'], ['1', 1]].map(bytesOf)).size).toBe(8);
  expect(canonicalBytes('test/2', ['a']).toString('hex')).not.toBe(bytesOf(['a']));
});

test('a list longer than any before it is encoded whole', () => {
  expect(canonicalBytes('test/1', ['é'.repeat(100_000)]).length).toBe(5 + 6 + 5 + 200_000);
});
