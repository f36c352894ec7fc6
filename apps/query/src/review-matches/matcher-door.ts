import { Pool } from 'pg';
import { MatcherUnavailable } from '../errors.js';
import type { Ruling } from './answers.js';
import type { Pair } from './pair.js';

/** A pair that waits for a steward. `since`: milliseconds since 1970. */
export interface WaitingPair extends Pair {
  since: number;
}

/** How the matcher sees two records now. */
export interface PairNow {
  /** Since when it waits for a steward; null: it does not. */
  since: number | null;
  /** They are of one person. */
  joined: boolean;
  /** Which of the rulings asked about have been taken up. */
  takenUp: string[];
}

export interface RulingToAsk extends Pair {
  id: string;
  ruling: Ruling;
  reason: string;
}

const CONNECT_MS = 3_000;
/** Of a million records with 150,000 pairs for review, the list takes two to three seconds. */
const ANSWER_MS = 8_000;

/** The matcher's own state, as a user who sees which pairs wait and asks for rulings: nothing here says what a record holds. Throws MatcherUnavailable. */
export class MatcherDoor {
  private readonly pool: Pool;

  constructor(url: string, onIdleError: (error: Error) => void) {
    this.pool = new Pool({
      connectionString: url,
      max: 3,
      application_name: 'stewards',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
    });
    this.pool.on('error', onIdleError);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Pairs that wait: those named first, then the oldest. */
  waiting(first: readonly Pair[], atMost: number): Promise<WaitingPair[]> {
    return this.rows<WaitingPair>(`${WAITING} ORDER BY first.one IS NULL, found.since, p.one, p.other LIMIT $3`, [
      first.map(({ one }) => one),
      first.map(({ other }) => other),
      atMost,
    ]);
  }

  async now({ one, other }: Pair, rulings: readonly string[]): Promise<PairNow> {
    const [found] = await this.rows<PairNow>(NOW, [one, other, rulings]);
    return found!;
  }

  /** Which of these rulings have been taken up. */
  async takenUp(rulings: readonly string[]): Promise<string[]> {
    const taken = await this.rows<{ id: string }>(TAKEN, [rulings]);
    return taken.map(({ id }) => id);
  }

  /** Once: a request of that id that is there already is that one. */
  async ask({ id, one, other, ruling, reason }: RulingToAsk): Promise<void> {
    await this.rows(ASK, [id, one, other, ruling, reason]);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async rows<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw new MatcherUnavailable(error);
    }
  }
}

const MILLISECONDS = '(extract(epoch FROM found.since) * 1000)::float8';

/** In review, of records that are there and of two people, and nobody has ruled or is about to. A ruling goes with a replaced record to the one that replaced it. */
const WAITING = `
  WITH RECURSIVE ruled (one, other) AS (
    SELECT one, other FROM matcher.rule WHERE ruling <> 'none'
    UNION
    SELECT coalesce(a.replaced_by, ruled.one), coalesce(b.replaced_by, ruled.other)
    FROM ruled JOIN matcher.record a ON a.subject = ruled.one JOIN matcher.record b ON b.subject = ruled.other
    WHERE a.replaced_by IS NOT NULL OR b.replaced_by IS NOT NULL)
  SELECT p.one, p.other, coalesce(${MILLISECONDS}, 0) AS since
  FROM matcher.pair p
  JOIN matcher.record a ON a.subject = p.one
  JOIN matcher.record b ON b.subject = p.other
  LEFT JOIN matcher.review_since found ON found.one = p.one AND found.other = p.other
  LEFT JOIN unnest($1::uuid[], $2::uuid[]) first (one, other) ON first.one = p.one AND first.other = p.other
  WHERE p.zone = 'review' AND a.person <> b.person
    AND NOT a.removed AND NOT a.erased AND a.replaced_by IS NULL AND NOT b.removed AND NOT b.erased AND b.replaced_by IS NULL
    AND NOT EXISTS (SELECT FROM ruled WHERE least(ruled.one, ruled.other) = p.one AND greatest(ruled.one, ruled.other) = p.other)
    AND NOT EXISTS (SELECT FROM matcher.ruling_request asked WHERE asked.decision IS NULL
                    AND least(asked.one, asked.other) = p.one AND greatest(asked.one, asked.other) = p.other)`;

const NOW = `
  SELECT (SELECT since FROM (${WAITING.replace('$1::uuid[], $2::uuid[]', "'{}'::uuid[], '{}'::uuid[]")} AND p.one = $1 AND p.other = $2) waiting) AS since,
         (SELECT count(*) = 2 AND count(DISTINCT person) = 1 FROM matcher.record WHERE subject IN ($1, $2)) AS joined,
         ARRAY (SELECT id FROM matcher.ruling_request WHERE id = ANY ($3::uuid[]) AND decision IS NOT NULL) AS "takenUp"`;

const TAKEN = 'SELECT id FROM matcher.ruling_request WHERE id = ANY ($1::uuid[]) AND decision IS NOT NULL';

const ASK = `
  INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role) VALUES ($1, $2, $3, $4, $5, 'data-steward')
  ON CONFLICT (id) DO NOTHING`;
