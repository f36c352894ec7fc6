import { z } from 'zod';
import type { Queryable } from '#lib/read-model';
import type { Partition } from './apply-again.js';

/** Which parked events an operator means: all that fit every condition given. */
export const ParkedFilter = z.strictObject({
  source: z.string().optional(),
  code: z.string().optional(),
  topic: z.string().optional(),
  partition: z.int().optional(),
  offset: z.int().optional(),
});
export type ParkedFilter = z.output<typeof ParkedFilter>;

export interface ParkedRow extends Partition {
  offset: number;
  source: string | null;
  subject: string | null;
  bytes: Buffer | null;
  /** The source and this are what it was counted under. */
  publishedAt: number;
}

const FITS = `($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR code = $2) AND ($3::text IS NULL OR topic = $3)
  AND ($4::int IS NULL OR partition = $4) AND ($5::bigint IS NULL OR log_offset = $5)`;
const valuesOf = ({ source, code, topic, partition, offset }: ParkedFilter) =>
  [source, code, topic, partition, offset].map((value) => value ?? null);

/** So many parked events behind a place, in the order of the logs. */
export async function parkedBehind(
  client: Queryable,
  schema: string,
  o: { filter: ParkedFilter; behind: Omit<ParkedRow, 'bytes'> | undefined; atMost: number },
): Promise<ParkedRow[]> {
  const { topic = '', partition = -1, offset = -1 } = o.behind ?? {};
  const { rows } = await client.query(
    `SELECT topic, partition, log_offset AS offset, source, subject, bytes, published_at AS "publishedAt"
     FROM ${schema}.parked WHERE ${FITS} AND (topic, partition, log_offset) > ($6, $7::int, $8::bigint)
     ORDER BY topic, partition, log_offset LIMIT $9`,
    [...valuesOf(o.filter), topic, partition, offset, o.atMost],
  );
  return rows as ParkedRow[];
}

export async function countParked(client: Queryable, schema: string, filter: ParkedFilter): Promise<number> {
  const { rows } = await client.query(`SELECT count(*)::bigint AS count FROM ${schema}.parked WHERE ${FITS}`, valuesOf(filter));
  return (rows[0] as { count: number }).count;
}

const AT = 'topic = $1 AND partition = $2 AND log_offset = ANY($3::bigint[])';

/** Keeps parked events of one partition until the transaction ends. @returns how many of them are still there */
export async function lockParked(
  client: Queryable,
  schema: string,
  { topic, partition }: Partition,
  offsets: readonly number[],
): Promise<number> {
  const { rows } = await client.query(`SELECT FROM ${schema}.parked WHERE ${AT} ORDER BY log_offset FOR UPDATE`, [
    topic,
    partition,
    offsets,
  ]);
  return rows.length;
}

/** Lets go of parked events of one partition. */
export async function unpark(
  client: Queryable,
  schema: string,
  { topic, partition }: Partition,
  offsets: readonly number[],
): Promise<void> {
  await client.query(`DELETE FROM ${schema}.parked WHERE ${AT}`, [topic, partition, offsets]);
}
