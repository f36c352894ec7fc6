import { expect, test } from '@jest/globals';
import { type CurrentRecord, peopleIn } from './match.js';

const record = (subject: string, over: Partial<CurrentRecord> = {}): CurrentRecord => ({
  subject,
  matchKeys: [],
  gone: false,
  replacedBy: null,
  replacement: { epoch: 0, position: 0 },
  ...over,
});
const people = (...records: CurrentRecord[]) => peopleIn(records).map((members) => members.map(({ subject }) => subject).join('+'));
const reasons = (...records: CurrentRecord[]) => Object.fromEntries(peopleIn(records).flat().map(({ subject, reason }) => [subject, reason])); // prettier-ignore

test('two records with the same NHS number and date of birth are one person, every other record is its own', () => {
  const records = [record('a', { matchKeys: ['k1'] }), record('b', { matchKeys: ['k1'] }), record('c', { matchKeys: ['k2'] }), record('d')];
  expect(people(...records)).toEqual(['a+b', 'c', 'd']);
  expect(reasons(...records)).toEqual({
    a: 'same-nhs-number-and-date-of-birth',
    b: 'same-nhs-number-and-date-of-birth',
    c: 'record-of-its-own',
    d: 'record-of-its-own',
  });
});

test('a record with two valid numbers joins the holders of both', () => {
  expect(people(record('a', { matchKeys: ['k1'] }), record('b', { matchKeys: ['k1', 'k2'] }), record('c', { matchKeys: ['k2'] }))).toEqual(['a+b+c']); // prettier-ignore
});

test('a record its source took back joins nobody', () => {
  expect(people(record('a', { matchKeys: ['k1'] }), record('b', { matchKeys: ['k1'], gone: true }))).toEqual(['a', 'b']);
});

test('a replaced record goes where its replacement is, and its old details join nobody', () => {
  const records = [
    record('a', { matchKeys: ['k1'], replacedBy: 'c' }),
    record('b', { matchKeys: ['k1'] }),
    record('c', { matchKeys: ['k2'] }),
  ];
  expect(people(...records)).toEqual(['a+c', 'b']);
  expect(reasons(...records)).toMatchObject({ a: 'replaced-by-its-source', c: 'record-of-its-own' });
});

test('a chain of replacements ends at its last record, even where that was taken back', () => {
  const records = [record('a', { replacedBy: 'b' }), record('b', { replacedBy: 'c' }), record('c', { gone: true }), record('d')];
  expect(people(...records)).toEqual(['a+b+c', 'd']);
});

test('records that replace each other in a circle are one person, known by the details of the one replaced longest ago', () => {
  const records = [
    record('a', { replacedBy: 'b', replacement: { epoch: 0, position: 5 }, matchKeys: ['k1'] }),
    record('b', { replacedBy: 'a', replacement: { epoch: 0, position: 3 }, matchKeys: ['k2'] }),
    record('x', { matchKeys: ['k1'] }),
    record('y', { matchKeys: ['k2'] }),
  ];
  expect(people(...records)).toEqual(['a+b+y', 'x']);
});

test('a record replaced by itself is not replaced', () => {
  expect(people(record('a', { replacedBy: 'a', matchKeys: ['k1'] }), record('b', { matchKeys: ['k1'] }))).toEqual(['a+b']);
});
