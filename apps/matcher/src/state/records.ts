import type { RecordAssigned } from '#lib/events';
import type { Links } from '../component.js';
import { newRecord, type RecordState } from '../record-state.js';
import type { Transaction } from './open-state.js';
import { LIVE, type Tables } from './tables.js';

interface Row {
  subject: string;
  content: string | null;
  details_epoch: number;
  details_position: number;
  removed: boolean;
  presence_epoch: number;
  presence_position: number;
  replaced_by: string | null;
  replacement_epoch: number;
  replacement_position: number;
  erased: boolean;
  person: string | null;
  reason: string | null;
  decision: number;
  waiting: RecordState['waiting'];
}

/** The stored records with these subject tokens. */
export async function recordsOf(client: Transaction, subjects: readonly string[], { record }: Tables = LIVE): Promise<RecordState[]> {
  const { rows } = await client.query<Row>({
    text: `SELECT * FROM ${record} WHERE subject = ANY($1::uuid[])`,
    values: [subjects],
  });
  return rows.map(stateOf);
}

/** The stored records that any of the links lead to, but for those found already. */
export async function recordsLinked(client: Transaction, links: Links, { record, pair }: Tables = LIVE): Promise<RecordState[]> {
  const { rows } = await client.query<Row>({
    name: `records-linked ${record}`,
    text: `
      WITH linked AS (
        SELECT unnest($2::uuid[]) AS subject
        UNION SELECT other FROM ${pair} WHERE one = ANY($1::uuid[])
        UNION SELECT one FROM ${pair} WHERE other = ANY($1::uuid[])
        UNION SELECT other FROM matcher.rule WHERE one = ANY($1::uuid[]) AND ruling = 'together'
        UNION SELECT one FROM matcher.rule WHERE other = ANY($1::uuid[]) AND ruling = 'together'
        UNION SELECT subject FROM ${record} WHERE replaced_by = ANY($1::uuid[])
        UNION SELECT subject FROM ${record} WHERE person = ANY($3::uuid[])
        EXCEPT SELECT unnest($4::uuid[])
      )
      SELECT record.* FROM ${record} AS record JOIN linked USING (subject)`,
    values: [links.of, links.subjects, links.people, links.found],
  });
  return rows.map(stateOf);
}

/** Some records that wait for this, in one order. */
export async function waitingRecords(
  client: Transaction,
  step: 'compare' | 'decide',
  limit: number,
  { record }: Tables = LIVE,
): Promise<RecordState[]> {
  const { rows } = await client.query<Row>(`SELECT * FROM ${record} WHERE waiting = $1 ORDER BY subject LIMIT $2`, [step, limit]);
  return rows.map(stateOf);
}

/** These records, if they wait for nothing else, wait for being decided. */
export async function waitForDeciding(client: Transaction, compared: readonly string[], left: readonly string[]): Promise<void> {
  await client.query(
    // Joined: every record would be searched for in a list of many, and every one of the list for each.
    `UPDATE matcher.record SET waiting = 'decide'
     FROM (SELECT unnest($1::uuid[]) AS subject, true AS compared UNION ALL SELECT unnest($2::uuid[]), false) given
     WHERE record.subject = given.subject AND (compared OR waiting IS NULL)`,
    [compared, left],
  );
}

/** How many records are not matched because too many are alike. */
export async function quarantinedRecords(client: Transaction): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`SELECT count(*) AS count FROM matcher.record WHERE reason = 'too-many-alike'`);
  return rows[0]!.count;
}

/** Takes decisions over from `identity-log`, of every record the one with the highest number. */
export async function takeOverAssignments(client: Transaction, assigned: readonly RecordAssigned[]): Promise<void> {
  const newest = new Map<string, RecordAssigned>();
  for (const one of assigned) if (one.decision > (newest.get(one.subject)?.decision ?? 0)) newest.set(one.subject, one);
  const records = [...newest.values()].map(({ subject, person, reason, decision }) => ({
    ...newRecord(subject),
    person,
    reason,
    decision,
  }));
  await client.query({
    text: `${WRITE} WHERE record.decision < excluded.decision`,
    values: columnsOf(records),
  });
}

/** Writes records whole, new and known ones alike. Only the one writer does, so no column is guarded. */
export async function writeRecords(client: Transaction, records: readonly RecordState[]): Promise<void> {
  if (records.length === 0) return;
  await client.query({ name: 'write-records', text: WRITE, values: columnsOf(records) });
}

function columnsOf(records: readonly RecordState[]): unknown[] {
  const column = <T>(value: (record: RecordState) => T) => records.map(value);
  return [
    column(({ subject }) => subject),
    column(({ content }) => content),
    column(({ details }) => details.epoch),
    column(({ details }) => details.position),
    column(({ removed }) => removed),
    column(({ presence }) => presence.epoch),
    column(({ presence }) => presence.position),
    column(({ replacedBy }) => replacedBy),
    column(({ replacement }) => replacement.epoch),
    column(({ replacement }) => replacement.position),
    column(({ erased }) => erased),
    column(({ person }) => person),
    column(({ reason }) => reason),
    column(({ decision }) => decision),
    column(({ waiting }) => waiting),
  ];
}

const WRITE = `
  INSERT INTO matcher.record AS record (subject, content, details_epoch, details_position, removed, presence_epoch, presence_position,
    replaced_by, replacement_epoch, replacement_position, erased, person, reason, decision, waiting)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::boolean[], $6::int[], $7::bigint[], $8::uuid[], $9::int[],
    $10::bigint[], $11::boolean[], $12::uuid[], $13::text[], $14::bigint[], $15::text[])
  ON CONFLICT (subject) DO UPDATE SET
    content = excluded.content, details_epoch = excluded.details_epoch, details_position = excluded.details_position,
    removed = excluded.removed, presence_epoch = excluded.presence_epoch, presence_position = excluded.presence_position,
    replaced_by = excluded.replaced_by, replacement_epoch = excluded.replacement_epoch,
    replacement_position = excluded.replacement_position, erased = excluded.erased, person = excluded.person,
    reason = excluded.reason, decision = excluded.decision, waiting = excluded.waiting`;

function stateOf(row: Row): RecordState {
  return {
    subject: row.subject,
    content: row.content,
    details: { epoch: row.details_epoch, position: row.details_position },
    removed: row.removed,
    presence: { epoch: row.presence_epoch, position: row.presence_position },
    replacedBy: row.replaced_by,
    replacement: { epoch: row.replacement_epoch, position: row.replacement_position },
    erased: row.erased,
    gone: row.removed || row.erased,
    person: row.person,
    reason: row.reason,
    decision: row.decision,
    waiting: row.waiting,
  };
}
