import { logEnds, type Kafka, offsetsAt } from '#lib/kafka';
import type { ListedGeneration, Queryable } from '#lib/read-model';
import { behindOf, type EndedRequest, type GenerationBehind } from './judge-generations.js';
import type { Compared } from './judge-differences.js';
import type { ParkedEvents } from './judge-parked.js';
import type { PartitionTally } from './judge-tally.js';

export async function readParked(client: Queryable, schema: string): Promise<ParkedEvents[]> {
  const { rows } = await client.query(
    `SELECT code, count(*)::bigint AS events, min(parked_at) AS oldest FROM ${schema}.parked GROUP BY code ORDER BY code`,
  );
  return rows as ParkedEvents[];
}

/** One statement, so that checkpoint, counts and parked rows are those of one instant. */
export async function readTally(client: Queryable, schema: string): Promise<PartitionTally[]> {
  const { rows } = await client.query(
    `WITH counted AS (
       SELECT topic, partition, sum(received)::bigint AS received, sum(parked)::bigint AS parked,
              count(*) FILTER (WHERE received <> applied + superseded + erased + parked + discarded) AS uneven
       FROM ${schema}.tally GROUP BY topic, partition),
     held AS (SELECT topic, partition, count(*) AS events FROM ${schema}.parked GROUP BY topic, partition)
     SELECT c.topic, c.partition, coalesce(t.received, 0) AS received, coalesce(t.parked, 0) AS parked, coalesce(t.uneven, 0) AS uneven,
            coalesce(h.events, 0) AS "rowsParked", c.next_offset - coalesce(c.counted_from, 0) AS passed
     FROM ${schema}.checkpoint c
     LEFT JOIN counted t USING (topic, partition) LEFT JOIN held h USING (topic, partition)
     ORDER BY c.topic, c.partition`,
  );
  return rows as PartitionTally[];
}

export async function readComparisons(client: Queryable): Promise<Compared[]> {
  const { rows } = await client.query(
    `SELECT generation, beside, differences, (extract(epoch FROM compared_at) * 1000)::bigint AS "comparedAt"
     FROM control.comparison ORDER BY compared_at`,
  );
  return rows as Compared[];
}

export async function readRequests(client: Queryable): Promise<{ waiting: number; last: EndedRequest[] }> {
  const [waiting, last] = await Promise.all([
    client.query(`SELECT count(*)::int AS waiting FROM control.request WHERE state IN ('waiting', 'running')`),
    client.query(
      `SELECT DISTINCT ON (verb) id, verb, state, (extract(epoch FROM ended_at) * 1000)::bigint AS "endedAt"
       FROM control.request WHERE state IN ('done', 'failed') ORDER BY verb, ended_at DESC`,
    ),
  ]);
  return { waiting: (waiting.rows[0] as { waiting: number }).waiting, last: last.rows as EndedRequest[] };
}

/** How far each generation that keeps up is behind both logs. @param o.tolerated milliseconds that an event may wait */
export async function readBehind(
  client: Queryable,
  kafka: Kafka,
  o: { generations: readonly ListedGeneration[]; topics: readonly string[]; tolerated: number; now: number },
): Promise<GenerationBehind[]> {
  const logs = await Promise.all(
    o.topics.map(async (topic) => {
      const due = await offsetsAt(kafka, topic, o.now - o.tolerated);
      const ends = await logEnds(kafka, topic);
      return ends.map(({ partition, offset }) => ({ topic, partition, end: offset, due: due[partition]?.offset ?? offset }));
    }),
  );
  const behind: GenerationBehind[] = [];
  for (const generation of o.generations) {
    const { rows } = await client.query(`SELECT topic, partition, next_offset AS "nextOffset" FROM ${generation.schema}.checkpoint`);
    const checkpoints = rows as { topic: string; partition: number; nextOffset: number }[];
    const standOf = (topic: string, partition: number) =>
      checkpoints.find((one) => one.topic === topic && one.partition === partition)?.nextOffset ?? 0;
    const stands = logs.flat().map(({ topic, partition, due, end }) => ({ nextOffset: standOf(topic, partition), due, end }));
    behind.push(behindOf(generation, stands));
  }
  return behind;
}
