import type { Client } from 'pg';
import { leafOf } from '../commitment.js';
import { hashOfLeaf } from '../merkle/hashes.js';
import { SealRefusedError } from './seal-refused.js';

/** Where sealing has come to: entries are sealed in the order of their transactions, and within one of their numbers. */
export interface SealedUpTo {
  writtenBy: string;
  seq: string;
}
export const NOTHING_SEALED: SealedUpTo = { writtenBy: '0', seq: '0' };

export interface Leaf extends SealedUpTo {
  hash: Buffer;
}

interface EntryRow extends SealedUpTo {
  format: number;
  commitments: Buffer;
}

/**
 * The next entries that may be sealed, in their order for ever: those of transactions below the oldest that still runs. No open transaction can
 * add one before them, for it would have a greater number.
 */
export async function nextLeaves(client: Client, after: SealedUpTo, limit: number): Promise<Leaf[]> {
  const { rows } = await client.query<EntryRow>({ name: 'next-leaves', text: NEXT, values: [after.writtenBy, after.seq, limit] });
  return rows.map(({ writtenBy, seq, commitments }) => ({ writtenBy, seq, hash: hashOfLeaf(leafOf(commitments)) }));
}

/** Gives leaves their index. @throws SealRefusedError, and adds none, where the database does not end just before the first */
export async function addLeaves(client: Client, from: number, leaves: readonly Leaf[]): Promise<void> {
  const { rowCount } = await client.query({
    name: 'add-leaves',
    text: ADD,
    values: [from, leaves.map(({ writtenBy }) => writtenBy), leaves.map(({ seq }) => seq), leaves.map(({ hash }) => hash)],
  });
  if (rowCount !== leaves.length) throw new SealRefusedError('tail-cut', `the leaves in the database no longer end before ${from}`);
}

/** Stored leaves from an index on, in their order. */
export async function storedLeaves(
  client: Client,
  from: number,
  limit: number,
): Promise<{ index: number; hash: Buffer; writtenBy: string; seq: string }[]> {
  const { rows } = await client.query<{ index: string; hash: Buffer; writtenBy: string; seq: string }>({
    name: 'stored-leaves',
    text: STORED,
    values: [from, limit],
  });
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

const NEXT = `
  SELECT seq, written_by::text AS "writtenBy", format, commitments FROM audit.entry
  WHERE (written_by, seq) > ($1::text::xid8, $2::bigint) AND written_by < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY written_by, seq LIMIT $3`;
const ADD = `
  INSERT INTO audit.sealed (index, written_by, seq, leaf)
  SELECT $1::bigint + place - 1, written_by::xid8, seq, leaf
  FROM unnest($2::text[], $3::bigint[], $4::bytea[]) WITH ORDINALITY AS given(written_by, seq, leaf, place)
  WHERE $1 = (SELECT coalesce(max(index) + 1, 0) FROM audit.sealed)`;
const STORED = `
  SELECT index, leaf AS hash, written_by::text AS "writtenBy", seq FROM audit.sealed WHERE index >= $1 ORDER BY index LIMIT $2`;
