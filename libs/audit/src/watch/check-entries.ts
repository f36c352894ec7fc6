import type { Client } from 'pg';
import { NOTHING_SEALED, type SealedUpTo } from '../seal/leaves.js';
import { leafHashOf, wrongFields } from '../verify/exported-entry.js';
import { ENTRY, entryOf, type EntryRow } from '../verify/read-log.js';
import { REDACT_VERB } from '../verify/redactions.js';
import { inRuns, insertedBefore, type Mismatch, mismatchOf, saysChanged, saysTakenOut } from './mismatch.js';

/** A place in the sealed log as the database has it; without an entry where that is gone. */
type Sealed = EntryRow & { index: number; leaf: Buffer; sealedBy: string; writtenBy: string | null; seq: string; id: string | null };

/** Entries in the order of their writing that were passed over are named up to so many at a time. */
const MOST_PASSED_OVER = 100;

/**
 * Compares entries of the database with the leaves that were pushed for them: each field with its commitment, the commitments with the leaf,
 * what was taken out with the record of it; and looks whether any stands between them that was never sealed.
 * @param step leaves, one after another, from an index on
 */
export async function checkEntries(client: Client, { from, leaves }: { from: number; leaves: readonly Buffer[] }): Promise<Mismatch[]> {
  if (leaves.length === 0) return [];
  const { rows } = await client.query<Sealed>({ name: 'sealed-part', text: PART, values: [from - 1, from + leaves.length] });
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  const recorded = await redactionsOf(client, rows);
  const found = leaves.flatMap((leaf, at) => wrongWith(byIndex.get(from + at), { index: from + at, leaf, leaves }, recorded));
  return [...inRuns(found), ...disordered(rows), ...(await passedOver(client, rows, from))];
}

interface Expected {
  index: number;
  leaf: Buffer;
  leaves: readonly Buffer[];
}

function wrongWith(row: Sealed | undefined, { index, leaf, leaves }: Expected, recorded: Redacted): Mismatch[] {
  if (row === undefined || row.id === null) return [mismatchOf({ index, kind: 'deletion', says: 'the entry is missing' }, leaf)];
  const entry = entryOf(row);
  const stands = leafHashOf(entry);
  const found = (kind: Mismatch['kind'], says: string) => mismatchOf({ index, kind, says }, JSON.stringify(entry), stands);
  if (!stands.equals(leaf)) {
    const elsewhere = leaves.findIndex((pushed) => pushed.equals(stands));
    if (elsewhere !== -1) return [found('swap', 'another entry stands here')];
    return [found('edit', 'not the entry that was sealed')];
  }
  const wrong = wrongFields(entry);
  if (wrong.length > 0) return [found('edit', saysChanged(wrong))];
  if (!row.leaf.equals(leaf)) return [mismatchOf({ index, kind: 'edit', says: 'its leaf is not the one that was sealed' }, row.leaf)];
  const unrecorded = entry.redacted.filter((field) => !recorded.get(row.id!)?.has(field));
  return unrecorded.length > 0 ? [found('redacted-unrecorded', saysTakenOut(unrecorded))] : [];
}

type Redacted = ReadonlyMap<string, ReadonlySet<string>>;

/** Which fields of these entries the log says were taken out. Asked after the entries were read: the record comes before the act. */
async function redactionsOf(client: Client, rows: readonly Sealed[]): Promise<Redacted> {
  const ids = rows.filter(({ id, redacted }) => id !== null && redacted.length > 0).map(({ id }) => id);
  const recorded = new Map<string, Set<string>>();
  if (ids.length === 0) return recorded;
  const { rows: records } = await client.query<{ entry: string; fields: unknown }>({ name: 'redactions', text: REDACTIONS, values: [ids] });
  for (const { entry, fields } of records)
    recorded.set(entry, new Set([...(recorded.get(entry) ?? []), ...(Array.isArray(fields) ? fields.map(String) : [])]));
  return recorded;
}

/** Entries are sealed in the order they were written in; who changes that order could hide one among them. */
const disordered = (rows: readonly Sealed[]): Mismatch[] =>
  rows.flatMap((row, at) => {
    const before = rows[at - 1];
    const differs = row.writtenBy !== null && row.writtenBy !== row.sealedBy;
    const goesBack = before !== undefined && !isAfter(placeOf(row), placeOf(before));
    if (!differs && !goesBack) return [];
    const says = 'its place in the order of writing is not the one it was sealed at';
    return [mismatchOf({ index: row.index, kind: 'swap', says }, row.sealedBy, row.writtenBy ?? '', row.seq)];
  });

/** Entries that stand among the sealed ones without an index: no sealer could have passed them over. */
async function passedOver(client: Client, rows: readonly Sealed[], from: number): Promise<Mismatch[]> {
  const within = rows.filter(({ index }) => index >= from);
  const last = within.at(-1);
  if (last === undefined) return [];
  const before = rows.find(({ index }) => index === from - 1);
  const after = before === undefined ? NOTHING_SEALED : placeOf(before);
  const upTo = placeOf(last);
  const values = [after.writtenBy, after.seq, upTo.writtenBy, upTo.seq, MOST_PASSED_OVER];
  const { rows: between } = await client.query<SealedUpTo & { id: string; at: number | null }>({
    name: 'passed-over',
    text: PASSED_OVER,
    values,
  });
  return between.map((one) => insertedBefore(within.find((row) => isAfter(placeOf(row), one))?.index ?? last.index, one.id));
}

const placeOf = ({ sealedBy, seq }: Sealed): SealedUpTo => ({ writtenBy: sealedBy, seq });

const isAfter = (one: SealedUpTo, other: SealedUpTo): boolean => {
  const [by, otherBy] = [BigInt(one.writtenBy), BigInt(other.writtenBy)];
  return by === otherBy ? BigInt(one.seq) > BigInt(other.seq) : by > otherBy;
};

const PART = `
  SELECT s.index::float8 AS index, s.leaf, false AS passed_over, s.written_by::text AS "sealedBy", e.written_by::text AS "writtenBy",
         s.seq::text AS seq, ${ENTRY}
  FROM audit.sealed s LEFT JOIN audit.entry e ON e.seq = s.seq
  WHERE s.index >= $1 AND s.index < $2 ORDER BY s.index`;
const REDACTIONS = `
  SELECT shown->>'entry' AS entry, shown->'fields' AS fields FROM audit.entry
  WHERE action = 'operated' AND shown->>'verb' = '${REDACT_VERB}' AND shown->>'entry' = ANY($1::text[])`;
const PASSED_OVER = `
  SELECT e.id, e.written_by::text AS "writtenBy", e.seq::text AS seq FROM audit.entry e
  WHERE (e.written_by, e.seq) > ($1::text::xid8, $2::bigint) AND (e.written_by, e.seq) <= ($3::text::xid8, $4::bigint)
    AND NOT EXISTS (SELECT FROM audit.sealed s WHERE s.seq = e.seq)
  ORDER BY e.written_by, e.seq LIMIT $5`;
