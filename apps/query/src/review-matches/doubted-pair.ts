import type { Snapshot, Statement } from '../snapshot.js';
import type { WaitingPair } from './matcher-door.js';
import type { Pair } from './pair.js';
import type { Queued } from './order-pairs.js';

/** Two records shown as one person, of which readers have doubted one. */
export interface DoubtedPair extends Pair {
  /** The doubted one of the two. */
  record: string;
  /** The open doubts; `sealed`: words, base64. */
  doubts: { id: string; because: string; sealed: string | null }[];
  /** Every record of the person that is not doubted, the other of the pair among them. */
  others: string[];
  /** Since when; milliseconds since 1970. */
  since: number;
}

/** Pairs that wait for a steward because a reader has doubted one of them: the doubted record beside the one that speaks first for the person. */
export async function doubtedPairs(from: Queued): Promise<WaitingPair[]> {
  const pairs = await from.rows<DoubtedPair>(DOUBTED, [from.authority.caseManagementSystem, null]);
  return pairs.map(({ one, other, since }) => ({ one, other, since, byReader: 'doubted' }));
}

/** The open doubts about a pair; null: there is none. */
export async function readDoubted(snapshot: Snapshot, { one, other }: Pair): Promise<DoubtedPair | null> {
  const pairs = await snapshot.rows<DoubtedPair>(DOUBTED, [snapshot.authority.caseManagementSystem, [one, other]]);
  return pairs.find((pair) => pair.one === one && pair.other === other) ?? null;
}

/** A doubt goes with a replaced record to the one that replaced it. A record that stands alone, or only beside doubted ones, is in no pair. */
const DOUBTED: Statement = {
  name: 'doubted-pairs',
  text: `
    WITH RECURSIVE doubted (doubt, subject) AS (
      SELECT id, subject FROM decided.doubt WHERE settled_at IS NULL
      UNION SELECT doubted.doubt, r.replaced_by FROM doubted JOIN record r ON r.subject = doubted.subject WHERE r.replaced_by IS NOT NULL),
    together AS (
      SELECT d.doubt, d.subject, array_agg(b.subject ORDER BY b.source = $1 DESC, b.subject) AS others
      FROM doubted d
      JOIN record_person own ON own.subject = d.subject
      JOIN record_person beside ON beside.person = own.person
      JOIN record b ON b.subject = beside.subject
      WHERE b.present IS DISTINCT FROM false AND b.details_epoch >= 0 AND b.replaced_by IS NULL
        AND NOT b.subject IN (SELECT subject FROM doubted) AND ($2::uuid[] IS NULL OR d.subject = ANY ($2))
      GROUP BY d.doubt, d.subject)
    SELECT least(t.subject, t.others[1]) AS one, greatest(t.subject, t.others[1]) AS other, t.subject AS record, t.others,
           json_agg(json_build_object('id', id, 'because', reason, 'sealed', encode(sealed, 'base64')) ORDER BY raised_at, id) AS doubts,
           (extract(epoch FROM min(raised_at)) * 1000)::float8 AS since
    FROM together t JOIN decided.doubt ON id = t.doubt
    GROUP BY t.subject, t.others ORDER BY since, record LIMIT 500`,
};
