import type { StewardRules } from '#lib/matching';
import type { ScoredPair } from '../match-store.js';
import type { Transaction } from './open-state.js';
import { LIVE, type Tables } from './tables.js';

/** Drops every pair of these records. @returns the other records of those pairs */
export async function dropPairs(client: Transaction, subjects: readonly string[], { pair }: Tables = LIVE): Promise<string[]> {
  const { rows } = await client.query<{ one: string; other: string }>({
    name: `drop-pairs ${pair}`,
    text: `DELETE FROM ${pair} WHERE one = ANY($1::uuid[]) OR other = ANY($1::uuid[]) RETURNING one, other`,
    values: [subjects],
  });
  const dropped = new Set(subjects);
  return [...new Set(rows.flatMap(({ one, other }) => [one, other]))].filter((subject) => !dropped.has(subject));
}

/** Notes since when the pairs of a table that are for a steward are so, where that is not known from before: a statement. */
export const waitingIn = (pairs: string, chosen = ''): string =>
  `INSERT INTO matcher.review_since (one, other) SELECT one, other FROM ${pairs} WHERE zone = 'review' ${chosen} ON CONFLICT DO NOTHING`;

/** Keeps pairs; of those that decide and are for a steward also since when they are, where that is not known from before. */
export async function addPairs(client: Transaction, pairs: readonly ScoredPair[], { pair: table }: Tables = LIVE): Promise<void> {
  if (pairs.length === 0) return;
  await client.query({
    name: `add-pairs ${table}`,
    text: `WITH given (one, other, weight, zone, caps) AS (
             SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[]))
           ${table === LIVE.pair ? `, waiting AS (${waitingIn('given')})` : ''}
           INSERT INTO ${table} (one, other, weight, zone, caps) SELECT one, other, weight, zone, caps::text[] FROM given`,
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
export async function pairsAmong(client: Transaction, subjects: readonly string[], { pair }: Tables = LIVE): Promise<[string, string][]> {
  const { rows } = await client.query<{ one: string; other: string }>({
    name: `pairs-among ${pair}`,
    text: `SELECT one, other FROM ${pair} WHERE one = ANY($1::uuid[]) AND other = ANY($1::uuid[])`,
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
