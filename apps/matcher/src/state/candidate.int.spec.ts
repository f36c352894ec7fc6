import { expect, test } from '@jest/globals';
import { subjectOf } from '../../../../test/support/match-steps.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { newRecord } from '../record-state.js';
import { differingRecords, takeForCandidate, writeCandidates } from './candidate.js';
import { migrateState } from './migrate-state.js';
import { State } from './open-state.js';
import { writeRecords } from './records.js';

const PEOPLE = 'abcdefgh';
const personOf = (letter: string) => subjectOf(1000 + PEOPLE.indexOf(letter));

/** Who is one person now and by the candidate: each letter a person, each place a record. @returns the places that differ */
async function differing(
  now: string,
  beside: string,
  reasons = [now, beside].map((people) => [...people].map(() => 'matched')),
): Promise<number[]> {
  // prettier-ignore
  const url = await freshDatabase('matcher');
  await migrateState(url);
  const state = new State(url, () => undefined);
  const records = (people: string, of: string[]) => [...people].map((letter, at) => ({ ...newRecord(subjectOf(at)), person: personOf(letter), reason: of[at]! })); // prettier-ignore
  try {
    return await state.transaction(async (client) => {
      await writeRecords(client, records(now, reasons[0]!));
      await takeForCandidate(client, [...now].map((_, at) => ({ subject: subjectOf(at), at: null }))); // prettier-ignore
      await writeCandidates(client, records(beside, reasons[1]!));
      const subjects = await differingRecords(client);
      return [...now].flatMap((_, at) => (subjects.includes(subjectOf(at)) ? [at] : []));
    });
  } finally {
    await state.close();
  }
}

test('people who would be split, or merged, differ with all their records; all others do not, under whatever id', async () => {
  expect(await differing('aabbc', 'eeffg')).toEqual([]);
  expect(await differing('aaabbc', 'aadbbc')).toEqual([0, 1, 2]);
  expect(await differing('aabbc', 'aaaac')).toEqual([0, 1, 2, 3]);
  expect(await differing('aabbcc', 'ababcc')).toEqual([0, 1, 2, 3]);
});

test('a record with another reason differs, though its person stays', async () => {
  expect(await differing('abc', 'abc', [['matched', 'matched', 'matched'], ['matched', 'too-many-alike', 'matched']])).toEqual([1]); // prettier-ignore
});
