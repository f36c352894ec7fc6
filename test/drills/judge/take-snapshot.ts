import { liveGeneration, type ReadModelPool, tables } from '#lib/read-model';
import type { Said } from '../../support/statements.js';

export interface HeldRegister {
  /** (epoch, position, rank) */
  version: number[];
  values: Said;
}

export interface ParkedRow {
  topic: string;
  partition: number;
  log_offset: number;
  code: string;
  bytes: Buffer | null;
  attempts: number;
  source: string | null;
  published_at: number;
}

export interface TallyRow extends Record<Outcome, number> {
  topic: string;
  partition: number;
  source: string;
  day: string;
}
export type Outcome = 'received' | 'applied' | 'superseded' | 'erased' | 'parked' | 'discarded';

interface Checkpoint {
  topic: string;
  partition: number;
  next_offset: number;
  last_event_id: string | null;
  counted_from: number | null;
  /** Offsets that hold no message: before `next_offset`, and from there on. */
  skipped: number | null;
  empty_after: number | null;
}

/** One generation of the read model at one moment. */
export interface Snapshot {
  schema: string;
  checkpoints: Checkpoint[];
  /** "table key register" → what it holds; registers nothing wrote are absent. */
  registers: Map<string, HeldRegister>;
  tally: TallyRow[];
  parked: ParkedRow[];
  /** Places (`topic/partition/offset`) of what operators let go of for good. */
  discarded: Set<string>;
}

/** Reads a generation whole, in one snapshot of the database. @param chosen its schema; the live one's unless said */
export async function takeSnapshot(pool: ReadModelPool, chosen?: string): Promise<Snapshot> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const schema = chosen ?? (await liveGeneration(client)).schema;
    const all = async <T>(table: string) => (await client.query(`SELECT * FROM ${schema}.${table}`)).rows as T[];
    const registers = new Map<string, HeldRegister>();
    for (const table of Object.values(tables)) {
      if (Object.keys(table.registers).length === 0) continue;
      for (const row of await all<Said>(table.name)) for (const [name, held] of registersOf(table, row)) registers.set(name, held);
    }
    const { rows: discarded } = await client.query<{ place: string }>(
      `SELECT topic || '/' || partition || '/' || log_offset AS place FROM control.discarded`,
    );
    const snapshot = {
      schema,
      checkpoints: await all<Snapshot['checkpoints'][number]>('checkpoint'),
      registers,
      tally: await all<TallyRow>('tally'),
      parked: await all<ParkedRow>('parked'),
      discarded: new Set(discarded.map(({ place }) => place)),
    };
    await client.query('COMMIT');
    return snapshot;
  } finally {
    client.release(true);
  }
}

/** The other generations that keep up, or did until their projectors stopped. */
export async function keptBeside(pool: ReadModelPool): Promise<Snapshot[]> {
  const { rows } = await pool.query<{ schema: string }>(
    `SELECT schema_name AS schema FROM control.generation WHERE state IN ('ready', 'retired')`,
  );
  const snapshots: Snapshot[] = [];
  for (const { schema } of rows) snapshots.push(await takeSnapshot(pool, schema));
  return snapshots;
}

type Declared = (typeof tables)[keyof typeof tables];

/** A row's registers, and (as one more) what was written once, with its first insert. */
function* registersOf(table: Declared, row: Said): Generator<[string, HeldRegister]> {
  const key = [table.name, ...Object.keys(table.key).map((column) => String(row[column]))].join(' ');
  const only = (columns: object) => Object.fromEntries(Object.keys(columns).map((column) => [column, row[column]]));
  for (const [register, columns] of Object.entries(table.registers)) {
    const version = ['epoch', 'position', 'rank'].map((part) => Number(row[`${register}_${part}`]));
    if (version[0] !== -1) yield [`${key} ${register}`, { version, values: only(columns as object) }];
  }
  if (Object.keys(table.plain).length > 0) yield [`${key} plain`, { version: [0, 0, 0], values: only(table.plain) }];
}
