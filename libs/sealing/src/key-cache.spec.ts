import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { KeyCache } from './key-cache.js';
import { SubjectKey } from './subject-key.js';

const newKey = () => new SubjectKey(randomUUID(), randomBytes(32));

test('a key is found by its subject token and by its record', () => {
  const cache = new KeyCache(10, 60_000);
  const key = newKey();
  cache.keep(key, 'record');
  expect(cache.ofSubject(key.subject)).toBe(key);
  expect(cache.ofRecord('record')).toBe(key);
  expect(cache.ofRecord('another')).toBeUndefined();
});

test('a full cache lets go of what was used longest ago', () => {
  const cache = new KeyCache(2, 60_000);
  const [one, two, three] = [newKey(), newKey(), newKey()];
  cache.keep(one, '1');
  cache.keep(two, '2');
  cache.ofSubject(one.subject);
  cache.ofRecord('1');
  cache.keep(three, '3');
  expect([one, two, three].map(({ subject }) => cache.ofSubject(subject) !== undefined)).toEqual([true, false, true]);
  expect(['1', '2', '3'].map((record) => cache.ofRecord(record) !== undefined)).toEqual([true, false, true]);
});

test('a key grows too old to be used, however often it is', async () => {
  const cache = new KeyCache(10, 20);
  const key = newKey();
  cache.keep(key, 'record');
  for (let used = 0; used < 5; used += 1) {
    cache.ofSubject(key.subject);
    await pause(6);
  }
  expect(cache.ofSubject(key.subject)).toBeUndefined();
  expect(cache.ofRecord('record')).toBeUndefined();
});

test('a destroyed key is dropped under both names', () => {
  const cache = new KeyCache(10, 60_000);
  const [gone, other] = [newKey(), newKey()];
  cache.keep(gone, 'gone');
  cache.keep(other, 'other');
  cache.drop(gone.subject);
  expect(cache.ofSubject(gone.subject)).toBeUndefined();
  expect(cache.ofRecord('gone')).toBeUndefined();
  expect(cache.ofRecord('other')).toBe(other);
});
