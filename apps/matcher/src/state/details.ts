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
  const { rows } = await client.query<KeptDetails>({
    name: `details-sharing ${tables.record}`,
    // Key by key: one look-up of many keys at once takes time by their square. Record by record (OFFSET 0 keeps it so): whoever plans this takes keys for
    // a hundred times as common as they are, and would read both tables whole.
    text: `WITH sharing AS (
             SELECT DISTINCT subject FROM unnest($1::bigint[]) AS wanted(key) JOIN matcher.details ON keys @> ARRAY[wanted.key])
           SELECT sharing.subject, content, keys, sealed
           FROM sharing
             ${join} JOIN LATERAL (SELECT waiting FROM ${tables.record} AS record WHERE record.subject = sharing.subject OFFSET 0) AS kept ON true
             CROSS JOIN LATERAL (
               SELECT content, keys, sealed FROM matcher.details WHERE details.subject = sharing.subject AND NOT gone OFFSET 0) AS known
           WHERE waiting IS DISTINCT FROM 'compare'`,
    values: [`{${keys.join()}}`],
  });
  return rows;
}
