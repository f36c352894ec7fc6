import type { Queryable } from '#lib/read-model';

/** Why an event is held. Codes are stable: the runbook and the alarms name them. */
export type ParkCode = 'no-value' | 'undecodable' | 'contract-broken' | 'key-missing' | 'seal-broken' | 'projection-failed' | 'row-refused';

/** An event that can't be folded, with a reason. While it waits, answers about its record are incomplete, and say so. */
export interface ParkedEvent {
  offset: number;
  /** Subject token and source, as far as they could be read. */
  subject: string | null;
  source: string | null;
  /** When it was published, as far as that can be read; milliseconds since 1970. */
  publishedAt: number;
  code: ParkCode;
  /** What was expected and what was found instead; never a person's data. */
  expected: string;
  actual: string;
  /** The message's value, byte for byte, for a later redrive. */
  bytes: Uint8Array | null;
}

/** Holds events in the same transaction as the checkpoint that passes them. Parking one again counts the attempt. */
export async function parkEvents(
  client: Queryable,
  schema: string,
  o: { topic: string; partition: number; events: readonly ParkedEvent[]; parkedAt: number },
): Promise<void> {
  for (const event of o.events) {
    await client.query(
      `INSERT INTO ${schema}.parked AS held
         (topic, partition, log_offset, subject, source, code, expected, actual, bytes, published_at, parked_at, attempts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
       ON CONFLICT (topic, partition, log_offset) DO UPDATE SET
         subject = excluded.subject, source = excluded.source, published_at = excluded.published_at, code = excluded.code, expected = excluded.expected, actual = excluded.actual, attempts = held.attempts + 1`,
      [
        o.topic,
        o.partition,
        event.offset,
        event.subject,
        event.source,
        event.code,
        event.expected,
        event.actual,
        event.bytes,
        event.publishedAt,
        o.parkedAt,
      ],
    );
  }
}

/** How many records have lost their key without a tombstone: one is an accident, many are a lost key store. */
export async function recordsWithoutKey(client: Queryable, schema: string): Promise<number> {
  const { rows } = await client.query(
    `SELECT count(DISTINCT COALESCE(subject::text, topic || partition || '/' || log_offset)) AS records
     FROM ${schema}.parked WHERE code = 'key-missing'`,
  );
  return (rows[0] as { records: number }).records;
}
