import type { Queryable } from './generation.js';

/** How far a generation has come in one partition of a log. */
export interface FoldedTo {
  topic: string;
  partition: number;
  /** Every message before it is folded. */
  offset: number;
}

/** How far a generation has come in both logs, holes at their ends passed. A partition it has not begun with is absent. */
export async function foldedTo(client: Queryable, schema: string): Promise<FoldedTo[]> {
  const { rows } = await client.query(
    `SELECT topic, partition, next_offset + coalesce(empty_after, 0) AS "offset" FROM ${schema}.checkpoint`,
  );
  return rows as FoldedTo[];
}

/** Events that stand before these ends and are not folded yet. */
export function eventsBehind(folded: readonly FoldedTo[], ends: readonly FoldedTo[]): number {
  const reached = new Map(folded.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]));
  return ends.reduce((sum, { topic, partition, offset }) => sum + Math.max(0, offset - (reached.get(`${topic}/${partition}`) ?? 0)), 0);
}
