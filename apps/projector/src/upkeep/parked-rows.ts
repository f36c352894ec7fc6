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

/** What a parked event was counted under when it was parked. */
export interface ParkedAs {
  offset: number;
  source: string | null;
  publishedAt: number;
}

/** Which rows of `parked`: a condition on them, and its values. */
export interface Chosen {
  where: string;
  values: unknown[];
}

export const fitting = ({ source, code, topic, partition, offset }: ParkedFilter): Chosen => ({
  where: `($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR code = $2) AND ($3::text IS NULL OR topic = $3)
    AND ($4::int IS NULL OR partition = $4) AND ($5::bigint IS NULL OR log_offset = $5)`,
  values: [source, code, topic, partition, offset].map((value) => value ?? null),
});

/** Those that were discarded before, in whatever generation. */
export const discardedBefore: Chosen = {
  where: `EXISTS (SELECT FROM control.discarded d WHERE (d.topic, d.partition, d.log_offset) = (parked.topic, parked.partition, parked.log_offset))`,
  values: [],
};

/** A piece of parked events ends with the one that makes it as large as this. */
const PIECE_BYTES = 16 * 1024 * 1024;

/** So many parked events behind a place, in the order of the logs; fewer where they are large. None: there are no more. */
export async function parkedBehind(
  client: Queryable,
  schema: string,
  o: { chosen: Chosen; behind: Omit<ParkedRow, 'bytes'> | undefined; atMost: number },
): Promise<ParkedRow[]> {
  const { topic = '', partition = -1, offset = -1 } = o.behind ?? {};
  const [first, second, third, fourth] = [1, 2, 3, 4].map((nth) => `$${o.chosen.values.length + nth}`);
  const { rows } = await client.query(
    `SELECT topic, partition, log_offset AS offset, source, subject, bytes, published_at AS "publishedAt" FROM (
       SELECT *, sum(octet_length(bytes)) OVER (ORDER BY topic, partition, log_offset ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM (
         SELECT * FROM ${schema}.parked WHERE ${o.chosen.where} AND (topic, partition, log_offset) > (${first}, ${second}::int, ${third}::bigint)
         ORDER BY topic, partition, log_offset LIMIT ${fourth}) AS next) AS measured
     WHERE coalesce(before, 0) < ${PIECE_BYTES} ORDER BY topic, partition, log_offset`,
    [...o.chosen.values, topic, partition, offset, o.atMost],
  );
  return rows as ParkedRow[];
}

export async function countParked(client: Queryable, schema: string, { where, values }: Chosen): Promise<number> {
  const { rows } = await client.query(`SELECT count(*)::bigint AS count FROM ${schema}.parked WHERE ${where}`, values);
  return (rows[0] as { count: number }).count;
}

const AT = 'topic = $1 AND partition = $2 AND log_offset = ANY($3::bigint[])';

/** Keeps parked events of one partition until the transaction ends. @returns those that are still there, as they are now */
export async function lockParked(
  client: Queryable,
  schema: string,
  { topic, partition }: Partition,
  offsets: readonly number[],
): Promise<ParkedAs[]> {
  const { rows } = await client.query(
    `SELECT log_offset AS offset, source, published_at AS "publishedAt" FROM ${schema}.parked WHERE ${AT} ORDER BY log_offset FOR UPDATE`,
    [topic, partition, offsets],
  );
  return rows as ParkedAs[];
}

/** Lets go of parked events of one partition, which are locked. */
export async function unpark(
  client: Queryable,
  schema: string,
  { topic, partition }: Partition,
  offsets: readonly number[],
): Promise<void> {
  await client.query(`DELETE FROM ${schema}.parked WHERE ${AT}`, [topic, partition, offsets]);
}

/** Lets go of so many parked events. @returns those that nobody else has let go of meanwhile */
export async function letGo(
  client: Queryable,
  schema: string,
  { where, values }: Chosen,
  atMost: number,
): Promise<(ParkedAs & Partition)[]> {
  // Locked in the order of the logs, so that two that let go do not wait for each other in a circle.
  const { rows } = await client.query(
    `WITH gone AS (SELECT topic, partition, log_offset FROM ${schema}.parked WHERE ${where}
       ORDER BY topic, partition, log_offset LIMIT ${atMost} FOR UPDATE)
     DELETE FROM ${schema}.parked USING gone
     WHERE (parked.topic, parked.partition, parked.log_offset) = (gone.topic, gone.partition, gone.log_offset)
     RETURNING gone.topic, gone.partition, gone.log_offset AS offset, source, published_at AS "publishedAt"`,
    values,
  );
  return rows as (ParkedAs & Partition)[];
}
