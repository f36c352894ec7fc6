import type { KeptDetails } from '../details.js';
import type { RecordState } from '../record-state.js';
import type { Transaction } from './open-state.js';
import { LIVE, type Tables } from './tables.js';

/** Keeps details that are new, drops those of erased records, and notes which records are gone. */
export async function keepDetails(client: Transaction, records: readonly RecordState[]): Promise<void> {
  const fresh = records.flatMap(({ subject, newDetails }) => (newDetails ? [{ subject, ...newDetails }] : []));
  await client.query({
    name: 'keep-details',
    text: `INSERT INTO matcher.details (subject, content, keys, sealed)
           SELECT subject, content, keys::bigint[], sealed FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[])
             AS given(subject, content, keys, sealed)
           ON CONFLICT (subject) DO UPDATE SET content = excluded.content, keys = excluded.keys, sealed = excluded.sealed`,
    values: [
      fresh.map(({ subject }) => subject),
      fresh.map(({ content }) => content),
      fresh.map(({ keys }) => `{${keys.join()}}`),
      fresh.map(({ sealed }) => sealed),
    ],
  });
  await client.query({
    name: 'note-gone',
    text: `UPDATE matcher.details SET gone = given.gone FROM unnest($1::uuid[], $2::boolean[]) AS given(subject, gone)
           WHERE details.subject = given.subject AND details.gone <> given.gone`,
    values: [records.map(({ subject }) => subject), records.map(({ gone }) => gone)],
  });
  const erased = records.flatMap(({ subject, erased }) => (erased ? [subject] : []));
  if (erased.length > 0) await client.query('DELETE FROM matcher.details WHERE subject = ANY($1::uuid[])', [erased]);
}

/** Details of those of the records that are not gone. */
export async function detailsOf(client: Transaction, subjects: readonly string[]): Promise<KeptDetails[]> {
  const { rows } = await client.query<KeptDetails>({
    name: 'details-of',
    text: 'SELECT subject, content, keys, sealed FROM matcher.details WHERE subject = ANY($1::uuid[]) AND NOT gone',
    values: [subjects],
  });
  return rows;
}

/** Details of all records that are not gone, wait for no comparing, and share one of the keys. What is live may keep details before their record. */
export async function detailsSharing(client: Transaction, keys: readonly string[], tables: Tables = LIVE): Promise<KeptDetails[]> {
  const join = tables === LIVE ? 'LEFT' : 'INNER';
  return sharing(client, `details-sharing ${tables.record}`, keys, {
    join: `${join} JOIN LATERAL (SELECT waiting FROM ${tables.record} AS record WHERE record.subject = sharing.subject OFFSET 0) AS kept ON true`,
    where: `waiting IS DISTINCT FROM 'compare'`,
  });
}

/** The same where nothing waits for comparing: once the matcher has caught up. */
export const detailsSharingOfAll = (client: Transaction, keys: readonly string[]): Promise<KeptDetails[]> =>
  sharing(client, 'details-sharing-of-all', keys, { join: '', where: 'true' });

/** @param only SQL that joins to `sharing.subject`, and what then holds */
async function sharing(
  client: Transaction,
  name: string,
  keys: readonly string[],
  only: { join: string; where: string },
): Promise<KeptDetails[]> {
  const { rows } = await client.query<KeptDetails>({
    name,
    // Key by key: one look-up of many keys at once takes time by their square. Record by record (OFFSET 0 keeps it so): whoever plans this takes keys for
    // a hundred times as common as they are, and would read both tables whole. By its place (ctid): that page was read for its keys a moment ago.
    text: `WITH sharing AS (
             SELECT DISTINCT details.ctid AS place, subject FROM unnest($1::bigint[]) AS wanted(key) JOIN matcher.details ON keys @> ARRAY[wanted.key])
           SELECT sharing.subject, content, keys, sealed
           FROM sharing
             ${only.join}
             CROSS JOIN LATERAL (
               SELECT content, keys, sealed FROM matcher.details WHERE details.ctid = sharing.place AND NOT gone OFFSET 0) AS known
           WHERE ${only.where}`,
    values: [`{${keys.join()}}`],
  });
  return rows;
}
