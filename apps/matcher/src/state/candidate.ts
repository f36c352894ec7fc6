import type { RecordState } from '../record-state.js';
import type { Transaction } from './open-state.js';
import { waitingIn } from './pairs.js';

/** Notes records that were decided anew, for the candidate to look at again. Nothing is waited for, nothing can be in the way. */
export async function markForCandidate(client: Transaction, records: readonly RecordState[]): Promise<void> {
  if (records.length === 0) return;
  await client.query({
    name: 'mark-for-candidate',
    text: 'INSERT INTO matcher.candidate_mark (subject) SELECT unnest($1::uuid[])',
    values: [records.map(({ subject }) => subject)],
  });
}

/** A record that was decided anew, and when. */
export interface Mark {
  subject: string;
  at: Date;
}

/** Takes some of those notes away, oldest first. @returns those of records that the first pass has reached; it will come to the others */
export async function takeMarks(client: Transaction, limit: number | null, reached: string | null): Promise<Mark[]> {
  const { rows } = await client.query<Mark & { met: boolean }>({
    name: 'take-marks',
    text: `DELETE FROM matcher.candidate_mark WHERE id IN (SELECT id FROM matcher.candidate_mark ORDER BY id LIMIT $1)
           RETURNING subject, at, subject <= $2::uuid IS TRUE AS met`,
    values: [limit, reached],
  });
  return rows.filter(({ met }) => met);
}

export async function countMarks(client: Transaction): Promise<number> {
  const { rows } = await client.query<{ count: number }>('SELECT count(*) AS count FROM matcher.candidate_mark');
  return rows[0]!.count;
}

/** The records that the first pass comes to next, in the order of their tokens. */
export async function recordsAfter(client: Transaction, reached: string | null, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ subject: string }>({
    name: 'records-after',
    text: 'SELECT subject FROM matcher.record WHERE $1::uuid IS NULL OR subject > $1 ORDER BY subject LIMIT $2',
    values: [reached, limit],
  });
  return rows.map(({ subject }) => subject);
}

/** These records wait for being decided by the candidate, since they changed then, or are new to it. */
export async function takeForCandidate(client: Transaction, records: readonly { subject: string; at: Date | null }[]): Promise<void> {
  const newest = new Map(records.map(({ subject, at }) => [subject, at]));
  await client.query({
    name: 'take-for-candidate',
    text: `INSERT INTO matcher.candidate_record AS known (subject, waiting, changed_at)
           SELECT subject, 'decide', at FROM unnest($1::uuid[], $2::timestamptz[]) AS given(subject, at)
           ON CONFLICT (subject) DO UPDATE SET waiting = 'decide', changed_at = coalesce(excluded.changed_at, known.changed_at)`,
    values: [[...newest.keys()], [...newest.values()]],
  });
}

/** Records that had a pair with one that was compared anew. */
export async function decideAgain(client: Transaction, subjects: readonly string[]): Promise<void> {
  await client.query(`UPDATE matcher.candidate_record SET waiting = 'decide' WHERE subject = ANY($1::uuid[]) AND waiting IS NULL`, [
    subjects,
  ]);
}

/** What the candidate makes of records; all else of them is what is live. */
export async function writeCandidates(client: Transaction, records: readonly RecordState[]): Promise<void> {
  await client.query({
    name: 'write-candidates',
    text: `UPDATE matcher.candidate_record SET person = given.person, reason = given.reason, waiting = NULL
           FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS given(subject, person, reason)
           WHERE candidate_record.subject = given.subject`,
    values: [records.map(({ subject }) => subject), records.map(({ person }) => person), records.map(({ reason }) => reason)],
  });
}

/** How long whoever only reads a candidate is waited for: nobody that decides waits meanwhile. */
const READERS_MS = 2_000;
/** How long whoever reads the live pairs is waited for: everybody waits behind us. */
const PAGES_MS = 200;

/** Keeps what the database does by itself for the live pairs out of the way: it gives way to whoever waits for longer than a second. To be done before deciding is kept waiting. */
export async function keepVacuumFromPairs(client: Transaction): Promise<void> {
  await client.query(
    `SET LOCAL lock_timeout = ${READERS_MS}; LOCK TABLE matcher.pair IN SHARE UPDATE EXCLUSIVE MODE; SET LOCAL lock_timeout = 0`,
  );
}

/** Keeps everybody from what the candidate holds. To be done before deciding is kept waiting. @throws StateUnavailableError where others read it too long */
export async function keepCandidateAlone(client: Transaction): Promise<void> {
  await client.query(`
    SET LOCAL lock_timeout = ${READERS_MS};
    LOCK TABLE matcher.candidate_record IN ACCESS EXCLUSIVE MODE;
    DO $$ BEGIN
      IF to_regclass('matcher.candidate_pair') IS NOT NULL THEN LOCK TABLE matcher.candidate_pair IN ACCESS EXCLUSIVE MODE; END IF;
    END $$;
    SET LOCAL lock_timeout = 0`);
}

/** An empty candidate: every record is still to be compared. A view that somebody made of the one before goes with it. */
export async function emptyCandidate(client: Transaction): Promise<void> {
  await client.query(`
    DROP TABLE IF EXISTS matcher.candidate_pair CASCADE;
    CREATE TABLE matcher.candidate_pair (LIKE matcher.pair INCLUDING ALL);
    TRUNCATE matcher.candidate_record`);
  await forgetMarks(client);
}

/** Nothing of a candidate is left, and no view that somebody made of it. */
export async function forgetCandidate(client: Transaction): Promise<void> {
  await client.query('DROP TABLE IF EXISTS matcher.candidate_pair CASCADE; TRUNCATE matcher.candidate_record');
  await forgetMarks(client);
}

/** Deleted, as whoever decides adds to them: emptying the table would make it wait for those who read it. */
async function forgetMarks(client: Transaction): Promise<void> {
  await client.query('DELETE FROM matcher.candidate_mark');
}

/** Notes since when the candidate's pairs of these records are for a steward, before they become the live ones. */
export async function noteWaitingPairs(client: Transaction, subjects: readonly string[]): Promise<void> {
  await client.query(waitingIn('matcher.candidate_pair', 'AND (one = ANY($1::uuid[]) OR other = ANY($1::uuid[]))'), [subjects]);
}

/** The same for all that the candidate has, some at a time. @param after the last record looked at before @returns the last looked at; null behind the last of all */
export async function noteSomeWaitingPairs(client: Transaction, after: string | null, limit: number): Promise<string | null> {
  const { rows } = await client.query<{ last: string }>(
    `SELECT one AS last FROM (SELECT one FROM matcher.candidate_pair WHERE $1::uuid IS NULL OR one > $1 ORDER BY one LIMIT $2) AS next
     ORDER BY one DESC LIMIT 1`,
    [after, limit],
  );
  const last = rows[0]?.last ?? null;
  if (last !== null)
    await client.query(waitingIn('matcher.candidate_pair', 'AND ($1::uuid IS NULL OR one > $1) AND one <= $2'), [after, last]);
  return last;
}

/** The candidate's pairs become the live ones; who may read those may read these. */
export async function takePairsOver(client: Transaction): Promise<void> {
  await client.query(`
    DO $$
    DECLARE reader record;
    BEGIN
      FOR reader IN
        SELECT grantee::regrole AS role, privilege_type AS right_to FROM pg_class, aclexplode(relacl)
        WHERE oid = 'matcher.pair'::regclass AND grantee NOT IN (0, relowner)
      LOOP EXECUTE format('GRANT %s ON matcher.candidate_pair TO %s', reader.right_to, reader.role); END LOOP;
    END $$;
    DROP TABLE matcher.pair;
    ALTER TABLE matcher.candidate_pair RENAME TO pair`);
}

/** Keeps everybody from the live pairs, for a moment. @throws StateUnavailableError where somebody reads them too long */
export async function keepPairsAlone(client: Transaction): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${PAGES_MS}; LOCK TABLE matcher.pair IN ACCESS EXCLUSIVE MODE; SET LOCAL lock_timeout = 0`);
}
