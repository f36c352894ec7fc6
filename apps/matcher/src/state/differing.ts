import type { Transaction } from './open-state.js';

/**
 * Notes, in place of what was noted before, the records whose person, or the reason for it, is not the same by this candidate as it is now, with
 * all that are, or would be, one person with them; and those of which it does not know yet. They wait for nothing before it is the live model.
 * @returns how many
 */
export async function noteDiffering(client: Transaction, model: number): Promise<number> {
  await forgetDiffering(client, model);
  const { rowCount } = await client.query(
    `WITH both_ways AS (
      SELECT live.subject,
        candidate.subject IS NULL OR live.reason <> candidate.reason OR candidate.waiting IS NOT NULL AS otherwise,
        count(*) OVER (PARTITION BY live.person) AS with_now,
        count(*) OVER (PARTITION BY candidate.person) AS with_then,
        count(*) OVER (PARTITION BY live.person, candidate.person) AS with_both
      FROM matcher.record live LEFT JOIN matcher.candidate_record candidate ON candidate.subject = live.subject
    )
    INSERT INTO matcher.differing (model, subject)
    SELECT $1, subject FROM both_ways WHERE otherwise OR with_now <> with_both OR with_then <> with_both
    ON CONFLICT DO NOTHING`,
    [model],
  );
  return rowCount!;
}

/** Notes that these may differ too. @returns how many were not noted before */
export async function noteAlsoDiffering(client: Transaction, model: number, subjects: readonly string[]): Promise<number> {
  const { rowCount } = await client.query(
    'INSERT INTO matcher.differing (model, subject) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING',
    [model, subjects],
  );
  return rowCount!;
}

/** Deleted, as whoever decides looks here: emptying the table would keep it waiting. */
export async function forgetDiffering(client: Transaction, model: number): Promise<void> {
  await client.query('DELETE FROM matcher.differing WHERE model = $1', [model]);
}

/** Records that the live model decides otherwise and that don’t wait for it yet. */
const DIFFERING = `FROM matcher.differing JOIN matcher.model ON model.id = differing.model AND model.state = 'live'`;

/** Some of the records that the live model decides otherwise wait for that from now on. @returns how many */
export async function waitWhereDiffering(client: Transaction, limit: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `WITH taken AS (
       DELETE FROM matcher.differing WHERE (model, subject) IN (SELECT model, subject ${DIFFERING} LIMIT $1) RETURNING subject),
     waiting AS (UPDATE matcher.record SET waiting = 'decide' FROM taken WHERE record.subject = taken.subject)
     SELECT count(*) AS count FROM taken`,
    [limit],
  );
  return rows[0]!.count;
}

/** Whether any record is still to be compared, or to be decided by the model that is live. */
export async function anyWaits(client: Transaction): Promise<boolean> {
  const { rows } = await client.query<{ waits: boolean }>(
    `SELECT EXISTS (SELECT FROM matcher.record WHERE waiting IS NOT NULL) OR EXISTS (SELECT ${DIFFERING}) AS waits`,
  );
  return rows[0]!.waits;
}
