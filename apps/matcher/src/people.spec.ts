import { expect, test } from '@jest/globals';
import { comparableOf, comparePair, DEFAULT_MODEL, loadMatchModel, type MatchRecord } from '#lib/matching';
import { componentsOf, type CurrentRecord, type Evidence, peopleIn } from './people.js';

const model = loadMatchModel(DEFAULT_MODEL);
const MAYA: Omit<MatchRecord, 'subject'> = {
  names: [{ family: 'Brennan', given: ['Maya'] }],
  dateOfBirth: { date: '2015-03-14' },
  addresses: [{ postcode: 'LS1 4AP' }],
  identifiers: [],
};
const TWIN = { ...MAYA, names: [{ family: 'Brennan', given: ['Oliver'] }] };
const FATHER = { ...MAYA, dateOfBirth: { date: '1984-07-02' } };
const MARRIED = { ...MAYA, names: [{ family: 'Okafor', given: ['Maya'] }] };
const NUMBERED = { ...MAYA, identifiers: [{ type: 'nhs', value: '943 476 5919' }] };
const NOBODY = { ...MAYA, names: [], dateOfBirth: null };

type Known = CurrentRecord & { details: Omit<MatchRecord, 'subject'> };
const record = (subject: string, details: Known['details'], over: Partial<CurrentRecord> = {}): Known => ({
  subject,
  details,
  gone: false,
  replacedBy: null,
  replacement: { epoch: 0, position: 0 },
  ...over,
});
type Rules = Partial<Evidence['rules']>;
function membersOf(records: Known[], { together = [], apart = [] }: Rules = {}, by = model) {
  const comparables = new Map(records.map(({ subject, details }) => [subject, comparableOf({ subject, ...details })]));
  const all = records.filter(({ gone }) => !gone).map(({ subject }) => subject);
  const pairs = all.flatMap((one) => all.filter((other) => one < other).map((other): [string, string] => [one, other]));
  const mayBeOne = pairs.filter(([a, b]) => comparePair(comparables.get(a)!, comparables.get(b)!, by).zone !== 'apart');
  return peopleIn(componentsOf(records, { pairs: mayBeOne, rules: { together, apart } }), comparables, by);
}
const people = (records: Known[], rules?: Rules, by = model) => membersOf(records, rules, by).map((members) => members.map(({ subject }) => subject).join('+')); // prettier-ignore
const reasons = (records: Known[], rules?: Rules, by = model) => Object.fromEntries(membersOf(records, rules, by).flat().map(({ subject, reason }) => [subject, reason])); // prettier-ignore

test('records enough alike are one person, twins and generations of one name are not, and every other record is its own', () => {
  const records = [record('a', MAYA), record('b', MAYA), record('c', TWIN), record('d', FATHER), record('e', NOBODY)];
  expect(people(records)).toEqual(['a+b', 'c', 'd', 'e']);
  expect(reasons(records)).toEqual({ a: 'matched', b: 'matched', c: 'record-of-its-own', d: 'record-of-its-own', e: 'record-of-its-own' });
});

test('another family name and the same NHS number is one person', () => {
  expect(people([record('a', NUMBERED), record('b', { ...MARRIED, addresses: [], identifiers: NUMBERED.identifiers })])).toEqual(['a+b']);
});

test('a record its source took back joins nobody', () => {
  expect(people([record('a', MAYA), record('b', MAYA, { gone: true })])).toEqual(['a', 'b']);
});

test('a replaced record goes where its replacement is, and its old details join nobody', () => {
  const records = [record('a', MAYA, { replacedBy: 'c' }), record('b', MAYA), record('c', TWIN)];
  expect(people(records)).toEqual(['a+c', 'b']);
  expect(reasons(records)).toMatchObject({ a: 'replaced-by-its-source', c: 'record-of-its-own' });
});

test('a chain of replacements ends at its last record, even where that was taken back', () => {
  const records = [
    record('a', MAYA, { replacedBy: 'b' }),
    record('b', MAYA, { replacedBy: 'c' }),
    record('c', MAYA, { gone: true }),
    record('d', MAYA),
  ];
  expect(people(records)).toEqual(['a+b+c', 'd']);
});

test('records that replace each other in a circle are one person, known by the details of the one replaced longest ago', () => {
  const records = [
    record('a', MAYA, { replacedBy: 'b', replacement: { epoch: 0, position: 5 } }),
    record('b', TWIN, { replacedBy: 'a', replacement: { epoch: 0, position: 3 } }),
    record('x', MAYA),
    record('y', TWIN),
  ];
  expect(people(records)).toEqual(['a+b+y', 'x']);
});

test('a record replaced by itself is not replaced', () => {
  expect(people([record('a', MAYA, { replacedBy: 'a' }), record('b', MAYA)])).toEqual(['a+b']);
});

test('a steward’s rule stands against what records say, also of records of which nothing is known', () => {
  const records = [record('a', MAYA), record('b', MAYA), record('c', TWIN), record('d', NOBODY)];
  expect(people(records, { apart: [['b', 'a']], together: [['c', 'd']] })).toEqual(['a', 'b', 'c+d']);
  expect(reasons(records, { together: [['c', 'd']] })).toMatchObject({ c: 'kept-together', d: 'kept-together', a: 'matched' });
});

test('a steward’s rule goes with a record to the one that replaces it', () => {
  const records = [record('a', MAYA, { replacedBy: 'c' }), record('b', MAYA), record('c', MAYA)];
  expect(people(records, { apart: [['a', 'b']] })).toEqual(['a+c', 'b']);
  const others = [record('a', TWIN, { replacedBy: 'c' }), record('b', MAYA), record('c', TWIN)];
  expect([people(others), people(others, { together: [['b', 'a']] })]).toEqual([['a+c', 'b'], ['a+b+c']]);
});

test('of too many that are alike nobody is joined but by a steward', () => {
  const small = { ...model, largestComponent: 2 };
  const records = [record('a', MAYA), record('b', MAYA), record('c', MAYA)];
  expect(people(records, {}, small)).toEqual(['a', 'b', 'c']);
  expect(people(records, { together: [['a', 'c']] }, small)).toEqual(['a+c', 'b']);
  expect(reasons(records, { together: [['a', 'c']] }, small)).toEqual({ a: 'kept-together', b: 'too-many-alike', c: 'kept-together' });
});
