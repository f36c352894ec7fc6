import type { TopicPartition } from '#lib/kafka';
import type { BuildStage, Queryable } from '#lib/read-model';

/** An offset noted at the start of a build. */
export interface NotedEnd extends TopicPartition {
  offset: number;
}

/** Writes down where the logs ended when the build began: the bulk phase goes that far. */
export async function noteBeginning(client: Queryable, id: number, ends: readonly NotedEnd[]): Promise<void> {
  const total = ends.reduce((sum, { offset }) => sum + offset, 0);
  await client.query(
    `UPDATE control.generation SET stage = 'bulk', bulk_to = $2, events_total = $3, progress_at = now(), failure = NULL WHERE id = $1`,
    [id, JSON.stringify(ends), total],
  );
}

export async function notedEnds(client: Queryable, id: number): Promise<NotedEnd[]> {
  const { rows } = await client.query('SELECT bulk_to AS ends FROM control.generation WHERE id = $1', [id]);
  return (rows[0] as { ends: NotedEnd[] | null }).ends ?? [];
}

export async function noteStage(client: Queryable, id: number, stage: BuildStage): Promise<void> {
  await client.query('UPDATE control.generation SET stage = $2, progress_at = now() WHERE id = $1', [id, stage]);
}

export async function noteBuildProgress(client: Queryable, id: number, o: { done: number; perSecond: number }): Promise<void> {
  await client.query('UPDATE control.generation SET events_done = $2, per_second = $3, progress_at = now() WHERE id = $1', [
    id,
    o.done,
    o.perSecond,
  ]);
}

export async function noteFailure(client: Queryable, id: number, failure: string): Promise<void> {
  await client.query(`UPDATE control.generation SET failure = $2, wanted = 'pause', per_second = NULL WHERE id = $1`, [id, failure]);
}

/** From now on it keeps up by itself, and may be compared and switched to. @returns false where it was cancelled at the last moment */
export async function noteReady(client: Queryable, id: number): Promise<boolean> {
  const { rows } = await client.query(
    `UPDATE control.generation SET state = 'ready', stage = 'built', ready_at = now(), per_second = NULL, failure = NULL
     WHERE id = $1 AND state = 'building' AND wanted <> 'cancel' RETURNING id`,
    [id],
  );
  return rows.length === 1;
}
