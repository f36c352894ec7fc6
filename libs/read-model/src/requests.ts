import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { FOLD_VERSION } from './fold-version.js';
import { liveGeneration, type Queryable } from './generation.js';
import { shareParkedLock } from './parked-lock.js';

/** What operators ask a projector process for upkeep to do; who asked, and why, is on record before this is written. */
export type RequestVerb = 'redrive' | 'discard' | 'replay' | 'compare' | 'check';

export interface OperatorRequest {
  id: string;
  verb: RequestVerb;
  arguments: Record<string, unknown>;
  askedBy: string;
  reason: string;
  /** Milliseconds since 1970. */
  askedAt: number;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  takenAt: number | null;
  endedAt: number | null;
  /** Counts while it runs, and what it came to; codes and numbers only. */
  progress: Record<string, unknown> | null;
  outcome: Record<string, unknown> | null;
  /** Who wants it to end, and why; it may be under way still. */
  cancelledBy: string | null;
  cancelReason: string | null;
}

/** There is no request of that id that could be cancelled. */
export class WrongRequestError extends Error {
  readonly code = 'wrong-request';
  readonly retriable = false;
  override readonly name = 'WrongRequestError';
}

const LISTED = `
  SELECT id, verb, arguments, asked_by AS "askedBy", reason, (extract(epoch FROM asked_at) * 1000)::bigint AS "askedAt", state,
         (extract(epoch FROM taken_at) * 1000)::bigint AS "takenAt", (extract(epoch FROM ended_at) * 1000)::bigint AS "endedAt",
         progress, outcome, cancelled_by AS "cancelledBy", cancel_reason AS "cancelReason"
  FROM control.request`;

/** Writes a request down. @returns its id */
export async function askRequest(
  client: Queryable,
  o: { verb: RequestVerb; arguments: Record<string, unknown>; askedBy: string; reason: string },
): Promise<string> {
  const id = randomUUID();
  await client.query(`INSERT INTO control.request (id, verb, arguments, asked_by, reason) VALUES ($1, $2, $3, $4, $5)`, [
    id,
    o.verb,
    o.arguments,
    o.askedBy,
    o.reason,
  ]);
  return id;
}

/**
 * Asks for a regular check, in the name of upkeep, unless one waits, is under way or was asked for in the last half of its period: however
 * many processes ask. @param o.every seconds between two
 */
export async function askForRegularCheck(client: Queryable, o: { people: number; every: number }): Promise<void> {
  await client.query(
    `INSERT INTO control.request (id, verb, arguments, asked_by, reason)
     SELECT $1, 'check', $2, 'upkeep', 'regular check'
     WHERE NOT EXISTS (SELECT FROM control.request WHERE verb = 'check' AND asked_by = 'upkeep' AND asked_at > now() - $3 * interval '0.5 second')
     ON CONFLICT DO NOTHING`,
    [randomUUID(), { people: o.people }, o.every],
  );
}

export async function requestOf(client: Queryable, id: string): Promise<OperatorRequest | undefined> {
  return ((await client.query(`${LISTED} WHERE id = $1`, [id])).rows as OperatorRequest[])[0];
}

/** The newest requests first. */
export async function lastRequests(client: Queryable, count: number): Promise<OperatorRequest[]> {
  return (await client.query(`${LISTED} ORDER BY asked_at DESC LIMIT $1`, [count])).rows as OperatorRequest[];
}

const REQUEST_LOCK = 7_401_003;

/** Keeps every process from this request until the transaction ends. @returns false where one is at it */
export async function lockRequestForTransaction(client: Queryable, id: string): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS locked', [REQUEST_LOCK, id]);
  return (rows[0] as { locked: boolean }).locked;
}

/** How many requests processes are at: those whose process was killed are not among them. */
export async function requestsUnderWay(client: Queryable): Promise<number> {
  const { rows } = await client.query(
    `SELECT count(*)::int AS count FROM pg_locks
     WHERE locktype = 'advisory' AND classid = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [REQUEST_LOCK],
  );
  return (rows[0] as { count: number }).count;
}

/** Takes back a request that nobody has begun. @returns false where somebody has */
export async function withdrawRequest(client: Queryable, id: string): Promise<boolean> {
  const { rows } = await client.query(
    `UPDATE control.request SET state = 'cancelled', outcome = '{"code": "withdrawn"}', ended_at = now()
     WHERE id = $1 AND state = 'waiting' RETURNING id`,
    [id],
  );
  return rows.length === 1;
}

/**
 * Ends a request that no process is at, at once, and asks the process that is at it to end; it does within a second or two. What was done
 * stays done. @throws WrongRequestError where there is none, or it has ended
 */
export async function cancelRequest(client: Queryable, id: string, o: { by: string; reason: string }): Promise<void> {
  const { rows } = await client.query(
    `UPDATE control.request AS asked
     SET cancelled_by = $2, cancel_reason = $3,
         state = CASE WHEN free THEN 'cancelled' ELSE asked.state END,
         ended_at = CASE WHEN free THEN now() END, outcome = CASE WHEN free THEN coalesce(progress, '{}') END
     FROM (SELECT pg_try_advisory_xact_lock(${REQUEST_LOCK}, hashtext($4)) AS free) AS nobody
     WHERE id = $1 AND asked.state IN ('waiting', 'running') RETURNING id`,
    [id, o.by, o.reason, id],
  );
  if (rows.length === 0) throw new WrongRequestError(`There is no request ${id}, or it has ended.`);
}

/** Whether somebody wants the request to end. */
export async function isCancelled(client: Queryable, id: string): Promise<boolean> {
  const { rows } = await client.query('SELECT cancelled_by IS NOT NULL AS cancelled FROM control.request WHERE id = $1', [id]);
  return (rows as { cancelled: boolean }[])[0]?.cancelled === true;
}

/** The fold version a process must be of to do it: the one readers see, since all of it but a comparison folds; null: any. */
export async function versionNeeded(client: Queryable, verb: RequestVerb): Promise<number | null> {
  return verb === 'compare' ? null : (await liveGeneration(client)).foldVersion;
}

/** Whether a request is for processes of this fold version: those of another would find nothing to do, and say that it is done. */
const OURS = `(verb = 'compare' OR EXISTS (SELECT FROM control.generation WHERE state = 'live' AND fold_version = ${FOLD_VERSION}))`;

/** What lets go of parked events: while a build gets ready, it waits. */
const LETS_GO: ReadonlySet<RequestVerb> = new Set(['redrive', 'discard']);

/**
 * Takes the oldest request nobody is at and this fold version may do, for as long as this connection lives: one whose process was killed is taken again, from its beginning.
 * A check waits for all others: it finds again what it would have found.
 * @returns undefined where there is none. Call `endRequest` on the same connection.
 */
export async function takeRequest(client: PoolClient): Promise<OperatorRequest | undefined> {
  const { rows } = await client.query(`${LISTED} WHERE state IN ('waiting', 'running') AND ${OURS} ORDER BY verb = 'check', asked_at`);
  for (const { id, verb } of rows as OperatorRequest[]) {
    if (!(await lockRequest(client, id))) continue;
    if (!LETS_GO.has(verb) || (await shareParkedLock(client))) {
      // It may have been ended between the statements.
      const { rows: taken } = await client.query(
        `UPDATE control.request SET state = 'running', taken_at = now() WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id`,
        [id],
      );
      if (taken.length === 1) return requestOf(client, id);
    }
    await unlock(client);
  }
  return undefined;
}

async function lockRequest(client: Queryable, id: string): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_lock($1, hashtext($2)) AS locked', [REQUEST_LOCK, id]);
  return (rows[0] as { locked: boolean }).locked;
}

export async function noteRequestProgress(client: Queryable, id: string, progress: Record<string, unknown>): Promise<void> {
  await client.query('UPDATE control.request SET progress = $2 WHERE id = $1', [id, progress]);
}

/** Writes down what it came to. Where readers have come to see another fold version meanwhile, it waits for a process of that one instead. */
export async function endRequest(
  client: PoolClient,
  id: string,
  o: { state: 'done' | 'failed' | 'cancelled'; outcome: Record<string, unknown> },
): Promise<void> {
  const { rows } = await client.query(
    `UPDATE control.request SET state = $2, outcome = $3, ended_at = now() WHERE id = $1 AND ($2 <> 'done' OR ${OURS}) RETURNING id`,
    [id, o.state, o.outcome],
  );
  if (rows.length === 0)
    await client.query(`UPDATE control.request SET state = 'waiting', taken_at = NULL, progress = NULL WHERE id = $1`, [id]);
  await unlock(client);
}

/** The connection is there for one request alone: all it holds goes. */
const unlock = (client: PoolClient) => client.query('SELECT pg_advisory_unlock_all()');
