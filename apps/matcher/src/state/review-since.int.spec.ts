import type { ScoredPair } from '../match-store.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { migrateState } from './migrate-state.js';
import { State, type Transaction } from './open-state.js';
import { addPairs, dropPairs } from './pairs.js';

const [A, B, C] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string];
const pair = (one: string, other: string, zone: 'join' | 'review'): ScoredPair => ({ one, other, pair: { weight: 1, zone, caps: [] } });

it('a pair waits for a steward since it was first found to, however often its records change and the whole state is made anew', async () => {
  const url = await freshDatabase('matcher');
  await migrateState(url);
  const state = new State(url, () => undefined);
  const since = async (client: Transaction) =>
    (await client.query<{ one: string; other: string; since: Date }>('SELECT * FROM matcher.review_since ORDER BY one, other')).rows;
  try {
    const first = await state.transaction(async (client) => {
      await addPairs(client, [pair(A, B, 'review'), pair(A, C, 'join')]);
      return since(client);
    });
    expect(first).toMatchObject([{ one: A, other: B }]);
    const later = await state.transaction(async (client) => {
      await dropPairs(client, [A]);
      await addPairs(client, [pair(A, B, 'join'), pair(A, C, 'review')]);
      await client.query('TRUNCATE matcher.pair');
      await addPairs(client, [pair(A, B, 'review')]);
      return since(client);
    });
    expect(later).toEqual([first[0], expect.objectContaining({ one: A, other: C })]);
  } finally {
    await state.close();
  }
});
