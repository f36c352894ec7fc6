import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { PairRuling } from '#lib/events';
import { subjectOf } from '../../../../test/support/match-steps.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { migrateState } from './migrate-state.js';
import { State, type Transaction } from './open-state.js';
import { keepRules, noteFollowed, noteTaken, rulingOf, waitingRulings } from './rulings.js';

let state: State;
beforeAll(async () => {
  const url = await freshDatabase('matcher');
  await migrateState(url);
  state = new State(url, () => undefined);
});
afterAll(() => state?.close());

type Ruling = 'together' | 'apart' | 'none';
/** Few pairs and few words, so that much is asked for again. */
interface Asked {
  pair: number;
  ruling: Ruling;
  turned: boolean;
}

const histories = fc
  .record({
    asked: fc.array(fc.record({ pair: fc.nat(1), ruling: fc.constantFrom<Ruling>('together', 'apart', 'none'), turned: fc.boolean() }), { maxLength: 10 }), // prettier-ignore
    /** How many were followed when the copy was made, asked for then, and followed in the end: shares of the rest. */
    shares: fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)),
    /** A crash has the log say a decision again. */
    saidAgain: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
  })
  .map(({ asked, shares: [followed, copied, later], saidAgain }) => {
    const part = (from: number, share: number) => from + Math.round(((asked.length - from) * share) / 100);
    const before = part(0, followed);
    return { asked, before, copied: part(before, copied), after: part(before, later), saidAgain };
  });

/** Kept apart, taken back, kept apart in the same words: all three wait in the copy, and the log says the first one twice. */
const ASKED_AGAIN = {
  asked: (['apart', 'none', 'apart'] as const).map((ruling) => ({ pair: 0, ruling, turned: false })),
  before: 0,
  copied: 3,
  after: 1,
  saidAgain: [true],
};

test('whatever was asked for, followed, and said again before an old copy came back, the rulings in force are those asked for last', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ asked, before, copied, after, saidAgain }) => {
      const inForce = await rolledBack(async (client) => {
        const all = await follow(client, asked, after);
        await client.query('TRUNCATE matcher.ruling_request, matcher.rule');
        const known = await follow(client, asked.slice(0, copied), before);
        await client.query('TRUNCATE matcher.rule');
        await keepRules(client, all);
        const since = all.slice(known.length).flatMap((ruling, at) => (saidAgain[at] ? [ruling, ruling] : [ruling]));
        for (const ruling of since) await noteFollowed(client, [ruling]);
        await followWaiting(client, all.length, Infinity);
        return rulesIn(client);
      });
      expect(inForce).toEqual(lastAskedFor(asked.slice(0, Math.max(copied, after))));
    }),
    { numRuns: 150, examples: [[ASKED_AGAIN]] },
  );
}, 120_000);

/** A history up to a point: everything asked for, so much of it followed. */
async function follow(client: Transaction, asked: readonly Asked[], count: number): Promise<PairRuling[]> {
  for (const [at, { pair, ruling, turned }] of asked.entries()) {
    const records = [subjectOf(pair), subjectOf(pair + 1)];
    const [one, other] = turned ? records.toReversed() : records;
    await client.query(
      `INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role, asked_at)
       VALUES (gen_random_uuid(), $1, $2, $3, 'seen-both', 'data-steward', now() + $4 * interval '1 s')`,
      [one, other, ruling, at],
    );
  }
  return followWaiting(client, 0, count);
}

async function followWaiting(client: Transaction, last: number, count: number): Promise<PairRuling[]> {
  const rulings: PairRuling[] = [];
  for (const request of (await waitingRulings(client, 100)).slice(0, count)) {
    const ruling = await rulingOf(client, request, last + rulings.length + 1);
    await keepRules(client, [ruling]);
    await noteTaken(client, request, ruling.decision);
    rulings.push(ruling);
  }
  return rulings;
}

const pairOf = (one: string, other: string) => [one, other].sort().join(' ');

function lastAskedFor(asked: readonly Asked[]): Record<string, string> {
  return Object.fromEntries(asked.map(({ pair, ruling }) => [pairOf(subjectOf(pair), subjectOf(pair + 1)), ruling]));
}

async function rulesIn(client: Transaction): Promise<Record<string, string>> {
  const { rows } = await client.query<{ one: string; other: string; ruling: string }>('SELECT one, other, ruling FROM matcher.rule');
  return Object.fromEntries(rows.map(({ one, other, ruling }) => [pairOf(one, other), ruling]));
}

/** In a transaction that leaves nothing. */
async function rolledBack<T>(work: (client: Transaction) => Promise<T>): Promise<T> {
  return state.transaction(async (client) => {
    await client.query('SAVEPOINT before');
    const result = await work(client);
    await client.query('ROLLBACK TO before');
    return result;
  });
}
