import { DatabaseError } from 'pg';
import type { PreparedEntry } from '../prepare-entries.js';
import type { Spool } from './spool.js';
import { entriesOf, framed, readSegment } from './spool-record.js';

/** What a drain came to. */
export interface Drained {
  records: number;
  entries: number;
  /** Files kept beside (records, where refused), by why; see `Aside`. */
  torn: number;
  damaged: number;
  refused: number;
}

const ENTRIES_AT_ONCE = 500;

/**
 * Brings everything that is spooled into the database. Interrupted at any instant, it begins the file again: an entry that is there already is
 * left as it is. @param insert writes entries, all or none, but for those that are there @throws what `insert` throws when the database is away
 */
export async function drainSpool(o: {
  spool: Spool;
  key: Buffer;
  insert(entries: readonly PreparedEntry[]): Promise<void>;
}): Promise<Drained> {
  const drained: Drained = { records: 0, entries: 0, torn: 0, damaged: 0, refused: 0 };
  for (const segment of await o.spool.segments()) {
    const taken = await o.spool.take(segment);
    if (taken === null) continue;
    const { name, bytes } = taken;
    const { bodies, torn, damaged } = readSegment(bytes);
    const refused: Buffer[] = [];
    for (const batch of batchesOf(bodies, o.key, refused)) {
      await insertBatch(batch, o.insert, refused);
      drained.records += batch.length;
      drained.entries += batch.reduce((sum, { entries }) => sum + entries.length, 0);
    }
    if (torn > 0) await o.spool.keepAside(name, 'torn', bytes.subarray(bytes.length - torn));
    if (damaged > 0) await o.spool.keepAside(name, 'damaged', bytes);
    if (refused.length > 0) await o.spool.keepAside(name, 'refused', Buffer.concat(refused.map(framed)));
    drained.torn += Math.sign(torn);
    drained.damaged += Math.sign(damaged);
    drained.refused += refused.length;
    await o.spool.drained(name);
  }
  return drained;
}

interface OpenedRecord {
  body: Buffer;
  entries: PreparedEntry[];
}

function* batchesOf(bodies: readonly Buffer[], key: Buffer, refused: Buffer[]): Generator<OpenedRecord[]> {
  let batch: OpenedRecord[] = [];
  let size = 0;
  for (const body of bodies) {
    const entries = opened(body, key);
    if (entries === null) {
      refused.push(body);
      continue;
    }
    batch.push({ body, entries });
    size += entries.length;
    if (size < ENTRIES_AT_ONCE) continue;
    yield batch;
    [batch, size] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

function opened(body: Buffer, key: Buffer): PreparedEntry[] | null {
  try {
    return entriesOf(body, key);
  } catch {
    return null;
  }
}

/** One record that the database will never have must not hold up the others. */
async function insertBatch(
  batch: readonly OpenedRecord[],
  insert: (entries: PreparedEntry[]) => Promise<void>,
  refused: Buffer[],
): Promise<void> {
  try {
    await insert(batch.flatMap(({ entries }) => entries));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (batch.length === 1) refused.push(batch[0]!.body);
    else for (const record of batch) await insertBatch([record], insert, refused);
  }
}

/** PostgreSQL's data exceptions (22) and broken constraints (23): the entry itself is wrong, and stays so. */
export const isRefusal = (error: unknown): boolean => error instanceof DatabaseError && /^2[23]/.test(error.code ?? '');
