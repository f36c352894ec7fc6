import { expect, test } from '@jest/globals';
import { decide } from './decide.js';
import { personIdOf } from './person-id.js';
import { newRecord, type RecordState } from './record-state.js';

const record = (subject: string, over: Partial<RecordState> = {}): RecordState => ({ ...newRecord(subject), ...over });
const OWN = 'record-of-its-own';
const SAME = 'same-nhs-number-and-date-of-birth';
const [a, b] = [personIdOf('a'), personIdOf('b')].sort() as [string, string];

test('a record alone is a person of its own, said once', () => {
  const decisions = decide([record('a')], 7);
  expect(decisions).toEqual([
    {
      type: 'RecordAssigned',
      decision: 7,
      subject: 'a',
      person: personIdOf('a'),
      reason: OWN,
      modelVersion: 'nhs-number-and-date-of-birth-1',
    },
  ]);
  expect(decide([record('a', { person: personIdOf('a'), reason: OWN })], 8)).toEqual([]);
});

test('two people who prove to be one: both records say why, and the id given up leads to the one that stays', () => {
  const decisions = decide(
    [record('a', { matchKeys: ['k'], person: a, reason: OWN }), record('b', { matchKeys: ['k'], person: b, reason: OWN })],
    1,
  );
  expect(decisions).toMatchObject([
    { type: 'RecordAssigned', decision: 1, subject: 'a', person: a, reason: SAME },
    { type: 'RecordAssigned', decision: 2, subject: 'b', person: a, reason: SAME },
    { type: 'PersonRetired', decision: 3, person: b, into: a },
  ]);
});

test('a person who was split retires nobody', () => {
  const home = personIdOf('a');
  const decisions = decide([record('a', { person: home, reason: SAME }), record('b', { matchKeys: ['k'], person: home, reason: SAME })], 1);
  expect(decisions).toMatchObject([
    { type: 'RecordAssigned', subject: 'a', person: home, reason: OWN },
    { type: 'RecordAssigned', subject: 'b', person: personIdOf('b'), reason: OWN },
  ]);
});
