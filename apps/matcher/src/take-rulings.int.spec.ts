import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_MODEL } from '#lib/matching';
import { freshDatabase } from '../../../test/support/fresh.js';
import { subjectOf } from '../../../test/support/match-steps.js';
import { ComparingBy } from './comparing-by.js';
import { matchingBy } from './model.js';
import { newRecord } from './record-state.js';
import { migrateState } from './state/migrate-state.js';
import { State } from './state/open-state.js';
import { waitingDecisions } from './state/outbox.js';
import { becomeWriter, lockProgress, type Progress, saveProgress, WriterReplacedError } from './state/progress.js';
import { recordsOf, writeRecords } from './state/records.js';
import { takeRulings } from './take-rulings.js';

const LIVE = matchingBy(DEFAULT_MODEL, new Set());
const NOTHING_OPEN = () => () => Promise.resolve({ comparables: new Map(), erased: [] });
const BEFORE: Omit<Progress, 'candidate'> = { lastDecision: 10, announced: null, catchUp: null, model: LIVE.model.version };
/** In the order of their tokens. */
const [A, B, C] = [subjectOf(0), subjectOf(1), subjectOf(2)].sort() as [string, string, string];

let state: State;
let writer: number;
beforeAll(async () => {
  const url = await freshDatabase('matcher');
  await migrateState(url);
  state = new State(url, () => undefined);
});
afterAll(() => state?.close());
beforeEach(() =>
  state.transaction(async (client) => {
    await client.query('TRUNCATE matcher.ruling_request, matcher.rule, matcher.outbox, matcher.record');
    writer = await becomeWriter(client);
    await saveProgress(client, BEFORE);
    await writeRecords(client, [A, B, C].map((subject) => ({ ...newRecord(subject), person: subject, reason: 'alone', decision: 1 }))); // prettier-ignore
  }),
);

const ask = (one: string, other: string, ruling: string, at: number) =>
  state.transaction((client) =>
    client.query(
      `INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role, asked_at)
       VALUES (gen_random_uuid(), $1, $2, $3, 'seen-both', 'data-steward', to_timestamp($4))`,
      [one, other, ruling, at],
    ),
  );
const take = (as = writer) => state.transaction((client) => takeRulings(client, as, new ComparingBy(LIVE, NOTHING_OPEN)));
const said = async () =>
  (await take()).map((one) => [one.decision, one.type, 'subject' in one ? one.subject : '', 'other' in one ? one.other : '']);
const peopleNow = () => state.transaction(async (client) => new Set((await recordsOf(client, [A, B, C])).map(({ person }) => person)).size); // prettier-ignore
const taken = () =>
  state.transaction(async (client) => (await client.query<{ decision: number | null }>('SELECT decision FROM matcher.ruling_request ORDER BY asked_at')).rows.map(({ decision }) => decision)); // prettier-ignore

describe('What was decided by hand', () => {
  test('is taken in the order in which it was asked, each with what follows from it, and numbered on from the last', async () => {
    await ask(C, B, 'together', 2);
    await ask(B, A, 'together', 1);
    const decisions = await take();
    expect(decisions.map(({ decision }) => decision)).toEqual(decisions.map((_, at) => 11 + at));
    const rulings = decisions.filter((one) => one.type === 'RecordsKeptTogether');
    expect(rulings).toEqual([
      expect.objectContaining({ decision: 11, subject: A, other: B, reason: 'seen-both', by: 'data-steward' }),
      expect.objectContaining({ subject: B, other: C }),
    ]);
    // What follows from the first comes before the second.
    expect(rulings[1]!.decision).toBeGreaterThan(12);
    expect(await taken()).toEqual(rulings.map(({ decision }) => decision));
    expect(await peopleNow()).toBe(1);
    const [kept, progress] = await state.transaction(async (client) => [
      await waitingDecisions(client, 100),
      await lockProgress(client, writer),
    ]);
    expect(kept).toEqual(decisions);
    expect(progress).toMatchObject({ ...BEFORE, lastDecision: decisions.at(-1)!.decision });
  });

  test('is taken once', async () => {
    await ask(A, B, 'together', 1);
    expect(await said()).not.toEqual([]);
    expect(await said()).toEqual([]);
  });

  test('waits while the matcher is catching up, and is taken afterwards', async () => {
    await ask(A, B, 'together', 1);
    await state.transaction((client) => saveProgress(client, { ...BEFORE, catchUp: [{ partition: 0, offset: 9 }] }));
    expect([await said(), await taken(), await peopleNow()]).toEqual([[], [null], 3]);
    await state.transaction((client) => saveProgress(client, BEFORE));
    expect((await said())[0]).toEqual([11, 'RecordsKeptTogether', A, B]);
  });

  test('and taken back is said as the ruling that stood, and the records go their own ways again', async () => {
    await ask(A, B, 'together', 1);
    await take();
    expect(await peopleNow()).toBe(2);
    await ask(B, A, 'none', 2);
    expect((await said())[0]!.slice(1)).toEqual(['RecordsKeptTogetherRevoked', A, B]);
    expect(await peopleNow()).toBe(3);
  });

  test('is left to whoever is the writer now', async () => {
    await ask(A, B, 'together', 1);
    await expect(take(writer - 1)).rejects.toThrow(WriterReplacedError);
    expect(await taken()).toEqual([null]);
  });
});
