import type { StewardRules } from '#lib/matching';
import type { ScoredPair } from '../match-store.js';
import type { Transaction } from './open-state.js';

/** Drops every pair of these records. @returns the other records of those pairs */
export async function dropPairs(client: Transaction, subjects: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ one: string; other: string }>({
    name: 'drop-pairs',
    text: 'DELETE FROM matcher.pair WHERE one = ANY($1::uuid[]) OR other = ANY($1::uuid[]) RETURNING one, other',
    values: [subjects],
  });
  const dropped = new Set(subjects);
  return [...new Set(rows.flatMap(({ one, other }) => [one, other]))].filter((subject) => !dropped.has(subject));
}

/** Keeps pairs; of those for a steward also since when they are, where that is not known from before. */
export async function addPairs(client: Transaction, pairs: readonly ScoredPair[]): Promise<void> {
  if (pairs.length === 0) return;
  await client.query({
    name: 'add-pairs',
    text: `WITH given (one, other, weight, zone, caps) AS (
             SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[])),
           waiting AS (
             INSERT INTO matcher.review_since (one, other) SELECT one, other FROM given WHERE zone = 'review' ON CONFLICT DO NOTHING)
           INSERT INTO matcher.pair (one, other, weight, zone, caps) SELECT one, other, weight, zone, caps::text[] FROM given`,
    values: [
      pairs.map(({ one }) => one),
      pairs.map(({ other }) => other),
      pairs.map(({ pair }) => pair.weight),
      pairs.map(({ pair }) => pair.zone),
      pairs.map(({ pair }) => `{${pair.caps.map(({ reason }) => `"${reason}"`).join()}}`),
    ],
  });
}

/** The pairs between any of these records. */
export async function pairsAmong(client: Transaction, subjects: readonly string[]): Promise<[string, string][]> {
  const { rows } = await client.query<{ one: string; other: string }>({
    name: 'pairs-among',
    text: 'SELECT one, other FROM matcher.pair WHERE one = ANY($1::uuid[]) AND other = ANY($1::uuid[])',
    values: [subjects],
  });
  return rows.map(({ one, other }) => [one, other]);
}

/** What stewards decided between any of these records. */
export async function rulesAmong(client: Transaction, subjects: readonly string[]): Promise<StewardRules> {
  const { rows } = await client.query<{ one: string; other: string; ruling: 'together' | 'apart' }>({
    name: 'rules-among',
    text: `SELECT one, other, ruling FROM matcher.rule
           WHERE one = ANY($1::uuid[]) AND other = ANY($1::uuid[]) AND ruling <> 'none'`,
    values: [subjects],
  });
  const ruled = (as: 'together' | 'apart') =>
    rows.filter(({ ruling }) => ruling === as).map(({ one, other }): [string, string] => [one, other]);
  return { together: ruled('together'), apart: ruled('apart') };
}
