import type { EventOutcome } from '#lib/events';
import type { EventToPublish, Publisher } from './http-publisher.js';

/** As much of a PostgreSQL connection as is needed; a client of `pg` is one. */
export interface OutboxClient {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** The table of the outbox, for the source's own migrations. What was refused stays in it with its problems, and holds back nothing. */
export const OUTBOX_TABLE = `
CREATE TABLE IF NOT EXISTS involvement_outbox (
  place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event jsonb NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  refused jsonb
);
CREATE INDEX IF NOT EXISTS involvement_outbox_waiting ON involvement_outbox (place) WHERE refused IS NULL`;

/** Puts events into the outbox: inside the very transaction that changes what they tell of, so that neither is there without the other. */
export async function addToOutbox(client: OutboxClient, events: readonly EventToPublish[]): Promise<void> {
  await client.query(
    'INSERT INTO involvement_outbox (event) SELECT event FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS told (event, place) ORDER BY place',
    [JSON.stringify(events)],
  );
}

export interface Sent {
  accepted: number;
  /** They stay in the table, each with its problems, until somebody corrects and deletes them. */
  refused: number;
}

/** Any number that other locks of the database do not have. */
const LOCK = 7_401_002;
const AT_ONCE = 500;

/**
 * Publishes what waits in the outbox, in its order, until nothing does. However many processes try, one sends at a time. Broken off between publishing and
 * taking out it publishes the same again, under the same ids and without a second effect.
 * @param client a connection of its own, outside any transaction. @throws what `publisher.publish` throws; nothing is lost then
 */
export async function sendOutbox(client: OutboxClient, publisher: Publisher): Promise<Sent> {
  const sent: Sent = { accepted: 0, refused: 0 };
  for (;;) {
    await client.query('BEGIN');
    try {
      const held = await takeOut(client, publisher, sent);
      await client.query('COMMIT');
      if (held < AT_ONCE) return sent;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  }
}

async function takeOut(client: OutboxClient, publisher: Publisher, sent: Sent): Promise<number> {
  const [lock] = (await client.query('SELECT pg_try_advisory_xact_lock($1) AS mine', [LOCK])).rows as { mine: boolean }[];
  if (!lock?.mine) return 0;
  const { rows } = await client.query(
    `SELECT place::text, event FROM involvement_outbox WHERE refused IS NULL ORDER BY involvement_outbox.place LIMIT ${AT_ONCE}`,
  );
  const waiting = rows as { place: string; event: EventToPublish }[];
  if (waiting.length === 0) return 0;
  const { results } = await publisher.publish(waiting.map(({ event }) => event));
  const places = (status: EventOutcome['status']) =>
    results.filter((one) => one.status === status).map(({ index }) => waiting[index]!.place);
  const accepted = places('accepted');
  await client.query('DELETE FROM involvement_outbox WHERE place = ANY ($1::bigint[])', [accepted]);
  for (const outcome of results)
    if (outcome.status === 'rejected')
      await client.query('UPDATE involvement_outbox SET refused = $2 WHERE place = $1', [
        waiting[outcome.index]!.place,
        JSON.stringify(outcome.problems),
      ]);
  sent.accepted += accepted.length;
  sent.refused += places('rejected').length;
  return waiting.length;
}
