import type { PairRuling } from '#lib/events';
import type { Transaction } from './open-state.js';

/** What somebody asks to be decided by hand about two records; `none` takes back what was. */
export interface RulingRequest {
  id: string;
  one: string;
  other: string;
  ruling: 'together' | 'apart' | 'none';
  reason: string;
  by: string;
}

/** Requests not taken in yet, oldest first. */
export async function waitingRulings(client: Transaction, limit: number): Promise<RulingRequest[]> {
  const { rows } = await client.query<RulingRequest>(
    `SELECT id, one, other, ruling, reason, by_role AS by FROM matcher.ruling_request
     WHERE decision IS NULL ORDER BY asked_at, id LIMIT $1`,
    [limit],
  );
  return rows;
}

/** The request as the decision of this number. */
export async function rulingOf(client: Transaction, request: RulingRequest, decision: number): Promise<PairRuling> {
  const { ruling, reason, by } = request;
  const [subject, other] = [request.one, request.other].sort() as [string, string];
  const { rows } = await client.query<{ ruling: string }>('SELECT ruling FROM matcher.rule WHERE one = $1 AND other = $2', [
    subject,
    other,
  ]);
  const standing = ruling === 'none' ? rows[0]?.ruling : ruling;
  const kept = standing === 'together' ? 'RecordsKeptTogether' : 'RecordsKeptApart';
  return { type: ruling === 'none' ? `${kept}Revoked` : kept, decision, subject, other, reason, by };
}

/** Notes which decision a request has become. */
export async function noteTaken(client: Transaction, { id }: RulingRequest, decision: number): Promise<void> {
  await client.query('UPDATE matcher.ruling_request SET decision = $2 WHERE id = $1', [id, decision]);
}

/**
 * Notes requests as taken that wait in an old copy of the state although the log has what was asked: followed again, they would undo what was
 * ruled after them. One decision, however often the log says it, is one request.
 */
export async function noteFollowed(client: Transaction, rulings: readonly PairRuling[]): Promise<void> {
  for (const { type, decision, subject, other, reason, by } of rulings)
    await client.query(
      `UPDATE matcher.ruling_request SET decision = $1 WHERE id = (
         SELECT id FROM matcher.ruling_request
         WHERE decision IS NULL AND least(one, other) = $2 AND greatest(one, other) = $3 AND ruling = $4 AND reason = $5 AND by_role = $6
         ORDER BY asked_at, id LIMIT 1)
       AND NOT EXISTS (SELECT FROM matcher.ruling_request WHERE decision = $1)`,
      [decision, subject, other, RULINGS[type], reason, by],
    );
}

const RULINGS: Record<PairRuling['type'], 'together' | 'apart' | 'none'> = {
  RecordsKeptTogether: 'together',
  RecordsKeptTogetherRevoked: 'none',
  RecordsKeptApart: 'apart',
  RecordsKeptApartRevoked: 'none',
};

/** Keeps decisions by hand; of several about two records the last. */
export async function keepRules(client: Transaction, rulings: readonly PairRuling[]): Promise<void> {
  const last = new Map<string, PairRuling>();
  for (const one of rulings) {
    const pair = [one.subject, one.other].sort().join();
    if (one.decision > (last.get(pair)?.decision ?? 0)) last.set(pair, one);
  }
  const pairs = [...last].map(([pair, ruling]) => ({ ruling, subjects: pair.split(',') as [string, string] }));
  await client.query(
    `INSERT INTO matcher.rule AS rule (one, other, ruling, decision)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[])
     ON CONFLICT (one, other) DO UPDATE SET ruling = excluded.ruling, decision = excluded.decision
     WHERE rule.decision < excluded.decision`,
    [
      pairs.map(({ subjects }) => subjects[0]),
      pairs.map(({ subjects }) => subjects[1]),
      pairs.map(({ ruling }) => RULINGS[ruling.type]),
      pairs.map(({ ruling }) => ruling.decision),
    ],
  );
}
