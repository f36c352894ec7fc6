import type { RejectedEvent } from '#lib/events';
import type { EventToPublish, Publisher } from './publisher.js';

/** One connection to the source's PostgreSQL, as `pg` has it. */
export interface OutboxClient {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Made once in the source's own database. A row goes when its event is published; one that was rejected stays, with its problems. */
export const OUTBOX_TABLE = `CREATE TABLE IF NOT EXISTS involvement_outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event jsonb NOT NULL,
  put_at timestamptz NOT NULL DEFAULT now(),
  put_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
  problems jsonb
)`;

/**
 * Puts events into the outbox, in the transaction that changes what they tell of and after that change: both are kept, or neither.
 * The change's row lock then orders the events of one fact.
 */
export async function putInOutbox(client: OutboxClient, events: readonly EventToPublish[]): Promise<void> {
  await client.query(
    'INSERT INTO involvement_outbox (event) SELECT event FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS put (event, at) ORDER BY at',
    [JSON.stringify(events)],
  );
}

export interface Emptied {
  published: number;
  rejected: number;
  /** Another process is emptying it at the moment: it will go on. */
  busy: boolean;
}

/**
 * Publishes what stands in the outbox, in order, until nothing is left. Call it after each commit or every few seconds; one process works at a time.
 * Killed at any moment it goes on where it was: what is published twice has no second effect.
 * @param o.client one connection (not a pool), without an open transaction
 * @throws PublishRefusedError, PublishFailedError. What was not published stays.
 */
export async function emptyOutbox(o: { client: OutboxClient; publisher: Publisher<PublishedOutcome>; atOnce?: number }): Promise<Emptied> {
  const { client, publisher, atOnce = 500 } = o;
  const emptied: Emptied = { published: 0, rejected: 0, busy: false };
  if (!(await isTrue(client, `SELECT pg_try_advisory_lock(hashtextextended('involvement_outbox', 0)) AS it`)))
    return { ...emptied, busy: true };
  try {
    for (;;) {
      const rows = (await client.query(NEXT, [atOnce])).rows as { id: string; event: EventToPublish }[];
      if (rows.length === 0) return emptied;
      const { results } = await publisher.publish(rows.map(({ event }) => event));
      const rejected = results.filter((outcome): outcome is RejectedEvent => outcome.status === 'rejected');
      const kept = new Set(rejected.map(({ index }) => index));
      await client.query('DELETE FROM involvement_outbox WHERE id = ANY ($1::bigint[])', [
        rows.filter((_, index) => !kept.has(index)).map(({ id }) => id),
      ]);
      await client.query(
        `UPDATE involvement_outbox SET problems = said.problems
         FROM jsonb_to_recordset($1::jsonb) AS said (id bigint, problems jsonb) WHERE involvement_outbox.id = said.id`,
        [JSON.stringify(rejected.map(({ index, problems }) => ({ id: rows[index]!.id, problems })))],
      );
      emptied.published += rows.length - rejected.length;
      emptied.rejected += rejected.length;
    }
  } finally {
    await client.query(`SELECT pg_advisory_unlock(hashtextextended('involvement_outbox', 0))`);
  }
}

type PublishedOutcome = { index: number; status: string } | RejectedEvent;

/** Only what no open transaction can still come before: numbers are given out before they are committed. */
const NEXT = `SELECT id::text, event FROM involvement_outbox
  WHERE problems IS NULL AND put_by < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY id LIMIT $1`;

async function isTrue(client: OutboxClient, statement: string): Promise<boolean> {
  return ((await client.query(statement)).rows as { it: boolean }[])[0]!.it;
}
