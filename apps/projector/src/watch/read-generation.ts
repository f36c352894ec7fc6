import { logEnds, type Kafka, offsetsAt } from '#lib/kafka';
import { foldedTo, type ListedGeneration, type Queryable } from '#lib/read-model';
import { behindOf, type EndedRequest, type GenerationBehind } from './judge-generations.js';
import type { Compared } from './judge-differences.js';
import type { ParkedEvents } from './judge-parked.js';

export async function readParked(client: Queryable, schema: string): Promise<ParkedEvents[]> {
  const { rows } = await client.query(
    `SELECT code, count(*)::bigint AS events, min(parked_at) AS oldest FROM ${schema}.parked GROUP BY code ORDER BY code`,
  );
  return rows as ParkedEvents[];
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
    const folded = await foldedTo(client, generation.schema);
    const standOf = (topic: string, partition: number) =>
      folded.find((one) => one.topic === topic && one.partition === partition)?.offset ?? 0;
    const stands = logs.flat().map(({ topic, partition, due, end }) => ({ nextOffset: standOf(topic, partition), due, end }));
    behind.push(behindOf(generation, stands));
  }
  return behind;
}
