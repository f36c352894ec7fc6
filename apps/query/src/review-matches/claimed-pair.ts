import type { Snapshot, Statement } from '../snapshot.js';
import type { Run } from './kept-opinions.js';
import type { WaitingPair } from './matcher-door.js';
import type { Queued } from './order-pairs.js';
import type { Pair } from './pair.js';

/** Two records of two people of whom readers have said that they are one. */
export interface ClaimedPair extends Pair {
  /** The open claims; `sealed`: words, base64. */
  claims: { id: string; because: string; sealed: string | null }[];
  /** Since when; milliseconds since 1970. */
  since: number;
}

/** Pairs that wait for a steward because a reader has said so, whatever the matcher makes of them. */
export async function claimedPairs(from: Queued): Promise<WaitingPair[]> {
  const pairs = await from.rows<ClaimedPair>(CLAIMED, [null, null]);
  return pairs.map(({ one, other, since }) => ({ one, other, since, byReader: 'claimed' }));
}

/** The open claims about a pair; null: there is none. */
export async function readClaimed(snapshot: Snapshot, { one, other }: Pair): Promise<ClaimedPair | null> {
  const [claimed] = await snapshot.rows<ClaimedPair>(CLAIMED, [one, other]);
  return claimed ?? null;
}

/** Settles readers' claims by the ruling that stewards have given, in its transaction. */
export async function settleClaims(run: Run, { claims }: ClaimedPair, o: { ruling: string; as: string; steward: string }): Promise<void> {
  await run(SETTLE, [claims.map(({ id }) => id), o.as, o.steward, o.ruling]);
}

/** A ruling is taken back: the claims that it settled are open again. */
export async function reopenClaims(run: Run, ruling: string): Promise<void> {
  await run(REOPEN, [ruling]);
}

/** A claim goes with a replaced record to the one that replaced it. Of two records of one person there is nothing left to say. */
const CLAIMED: Statement = {
  name: 'claimed-pairs',
  text: `
    WITH RECURSIVE went (claim, side, subject) AS (
      SELECT id, side, subject FROM decided.claim, LATERAL (VALUES ('one', one), ('other', other)) sides (side, subject) WHERE settled_at IS NULL
      UNION SELECT went.claim, went.side, r.replaced_by FROM went JOIN record r ON r.subject = went.subject WHERE r.replaced_by IS NOT NULL),
    ends AS (
      SELECT went.*, person FROM went JOIN record r USING (subject) JOIN record_person USING (subject)
      WHERE r.replaced_by IS NULL)
    SELECT least(a.subject, b.subject) AS one, greatest(a.subject, b.subject) AS other,
           json_agg(json_build_object('id', id, 'because', reason, 'sealed', encode(sealed, 'base64')) ORDER BY raised_at, id) AS claims,
           (extract(epoch FROM min(raised_at)) * 1000)::float8 AS since
    FROM ends a JOIN ends b ON b.claim = a.claim AND a.side = 'one' AND b.side = 'other' JOIN decided.claim ON id = a.claim
    WHERE a.person <> b.person AND ($1::uuid IS NULL OR least(a.subject, b.subject) = $1 AND greatest(a.subject, b.subject) = $2::uuid)
    GROUP BY 1, 2 ORDER BY since, one, other LIMIT 500`,
};

const SETTLE = `
  UPDATE decided.claim SET settled_at = clock_timestamp(), settled_as = $2, settled_by = $3, pair_ruling = $4
  WHERE id = ANY ($1::uuid[]) AND settled_at IS NULL`;

const REOPEN = `
  UPDATE decided.claim settled SET settled_at = NULL, settled_as = NULL, settled_by = NULL, pair_ruling = NULL
  WHERE pair_ruling = $1 AND NOT EXISTS (
    SELECT FROM decided.claim again
    WHERE again.one = settled.one AND again.other = settled.other AND again.reader = settled.reader AND again.settled_at IS NULL)`;
