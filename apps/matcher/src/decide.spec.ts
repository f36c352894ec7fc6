import { expect, test } from '@jest/globals';
import { decide } from './decide.js';
import type { Reason } from './people.js';
import { personIdOf } from './person-id.js';
import { newRecord, type RecordState } from './record-state.js';

const record = (subject: string, over: Partial<RecordState> = {}): RecordState => ({ ...newRecord(subject), ...over });
const person = (reason: Reason, ...subjects: string[]) => subjects.map((subject) => ({ subject, reason }));
const [OWN, SAME] = ['record-of-its-own', 'matched'] as const;
const [a, b] = [personIdOf('a'), personIdOf('b')].sort() as [string, string];

test('a record alone is a person of its own, said once', () => {
  const decisions = decide([record('a')], [person(OWN, 'a')], 7, 'model-1');
  expect(decisions).toEqual([
    { type: 'RecordAssigned', decision: 7, subject: 'a', person: personIdOf('a'), reason: OWN, modelVersion: 'model-1' },
  ]);
  expect(decide([record('a', { person: personIdOf('a'), reason: OWN })], [person(OWN, 'a')], 8, 'model-1')).toEqual([]);
});

test('two people who prove to be one: both records say why, and the id given up leads to the one that stays', () => {
  const records = [record('a', { person: a, reason: OWN }), record('b', { person: b, reason: OWN })];
  expect(decide(records, [person(SAME, 'a', 'b')], 1, 'model-1')).toMatchObject([
    { type: 'RecordAssigned', decision: 1, subject: 'a', person: a, reason: SAME },
    { type: 'RecordAssigned', decision: 2, subject: 'b', person: a, reason: SAME },
    { type: 'PersonRetired', decision: 3, person: b, into: a },
  ]);
});

test('a person who was split retires nobody', () => {
  const home = personIdOf('a');
  const records = [record('a', { person: home, reason: SAME }), record('b', { person: home, reason: SAME })];
  expect(decide(records, [person(OWN, 'a'), person(OWN, 'b')], 1, 'model-1')).toMatchObject([
    { type: 'RecordAssigned', subject: 'a', person: home, reason: OWN },
    { type: 'RecordAssigned', subject: 'b', person: personIdOf('b'), reason: OWN },
  ]);
});

test('a person whose records go to two others leads to where most of them went, on a tie to the first in order', () => {
  const held = ['p1', 'p2'].flatMap((id) => ['1', '2', '3', '4'].map((at) => record(`${id} ${at}`, { person: id, reason: SAME })));
  const retired = (toFirst: string[], toSecond: string[]) => {
    const left = [...toFirst, ...toSecond].map((subject) => record(subject, { person: 'p3', reason: SAME }));
    const of = (id: string, more: string[]) => person(SAME, ...held.filter((one) => one.person === id).map(({ subject }) => subject), ...more); // prettier-ignore
    const decisions = decide([...held, ...left], [of('p1', toFirst), of('p2', toSecond)], 1, 'model-1');
    return decisions.filter(({ type }) => type === 'PersonRetired');
  };
  expect(retired(['a'], ['b', 'c'])).toMatchObject([{ person: 'p3', into: 'p2' }]);
  expect(retired(['a', 'c'], ['b'])).toMatchObject([{ person: 'p3', into: 'p1' }]);
  expect(retired(['a'], ['b'])).toMatchObject([{ person: 'p3', into: 'p1' }]);
});
