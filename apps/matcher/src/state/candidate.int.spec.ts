import { expect, test } from '@jest/globals';
import { subjectOf } from '../../../../test/support/match-steps.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { newRecord } from '../record-state.js';
import { emptyCandidate, takeForCandidate, takePairsOver, writeCandidates } from './candidate.js';
import { noteDiffering } from './differing.js';
import { migrateState } from './migrate-state.js';
import { State, type Transaction } from './open-state.js';
import { writeRecords } from './records.js';

const PEOPLE = 'abcdefgh';
const personOf = (letter: string) => subjectOf(1000 + PEOPLE.indexOf(letter));

/** Who is one person now and by the candidate: each letter a person, each place a record. @returns the places that differ */
async function differing(
  now: string,
  beside: string,
  reasons = [now, beside].map((people) => people.split(' ').map(() => 'matched')),
): Promise<number[]> {
  // prettier-ignore
  const records = (people: string, of: string[]) => people.split(' ').map((letter, at) => ({ ...newRecord(subjectOf(at)), person: personOf(letter), reason: of[at]! })); // prettier-ignore
  return inState(async (client) => {
    await writeRecords(client, records(now, reasons[0]!));
    await takeForCandidate(client, now.split(' ').map((_, at) => ({ subject: subjectOf(at), at: null }))); // prettier-ignore
    await writeCandidates(client, records(beside, reasons[1]!));
    const subjects = await differingRecords(client);
    return now.split(' ').flatMap((_, at) => (subjects.includes(subjectOf(at)) ? [at] : []));
  });
}

async function differingRecords(client: Transaction): Promise<string[]> {
  await noteDiffering(client, 1);
  return (await client.query<{ subject: string }>('SELECT subject FROM matcher.differing WHERE model = 1')).rows.map(
    ({ subject }) => subject,
  );
}

async function inState<T>(work: (client: Transaction) => Promise<T>): Promise<T> {
  const url = await freshDatabase('matcher');
  await migrateState(url);
  const state = new State(url, () => undefined);
  try {
    return await state.transaction(work);
  } finally {
    await state.close();
  }
}

test('people who would be split, or merged, differ with all their records; all others do not, under whatever id', async () => {
  expect(await differing('a a b b c', 'e e f f g')).toEqual([]);
  expect(await differing('a a a b b c', 'a a d b b c')).toEqual([0, 1, 2]);
  expect(await differing('a a b b c', 'a a a a c')).toEqual([0, 1, 2, 3]);
  expect(await differing('a a b b c c', 'a b a b c c')).toEqual([0, 1, 2, 3]);
});

test('a record with another reason differs, though its person stays', async () => {
  expect(await differing('a b c', 'a b c', [['matched', 'matched', 'matched'], ['matched', 'too-many-alike', 'matched']])).toEqual([1]); // prettier-ignore
});

test('a record of which the candidate does not know yet differs', async () => {
  const differ = await inState(async (client) => {
    await writeRecords(client, [0, 1].map((at) => ({ ...newRecord(subjectOf(at)), person: subjectOf(at), reason: 'matched' }))); // prettier-ignore
    await takeForCandidate(client, [0, 1].map((at) => ({ subject: subjectOf(at), at: null }))); // prettier-ignore
    await writeCandidates(client, [{ ...newRecord(subjectOf(0)), person: subjectOf(0), reason: 'matched' }]);
    return differingRecords(client);
  });
  expect(differ).toEqual([subjectOf(1)]);
});

test('whoever may read the pairs that were live may read those that are', async () => {
  const rights = await inState(async (client) => {
    await client.query('GRANT SELECT ON matcher.pair TO pg_monitor');
    await emptyCandidate(client);
    await takePairsOver(client);
    const { rows } = await client.query<{ read: boolean; write: boolean }>(
      `SELECT has_table_privilege('pg_monitor', 'matcher.pair', 'SELECT') AS read, has_table_privilege('pg_monitor', 'matcher.pair', 'DELETE') AS write`,
    );
    return rows[0];
  });
  expect(rights).toEqual({ read: true, write: false });
});
