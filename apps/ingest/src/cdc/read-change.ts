import { z } from 'zod';
import { HaltError, type LogMessage } from '#lib/kafka';
import type { Captured } from '../sources/mapping.js';

/** What a row of a source's table holds, by its column: as the connector found it. */
export type RawRow = Readonly<Record<string, unknown>>;

/** One change of one row, or one row of a snapshot. */
export interface RowChange {
  kind: 'row';
  /** Its place in the topic: later changes have higher ones. */
  offset: number;
  /** As the mapping calls it. */
  table: string;
  /** What names the row in its table. */
  key: string;
  before: RawRow | null;
  /** Null: the row was deleted. */
  after: RawRow | null;
  /** When the source has committed it, or when it was read in a snapshot: by its clock, and not after the connector has written it. */
  at: Date;
  inSnapshot: boolean;
  /** The connector says that a snapshot begins with it. It can't say so where the first table is empty. */
  first: boolean;
  /** Names a change of the stream for good: a connector that is started again sends some once more. */
  captured: string | null;
  /** Its place in the source’s own log; of rows of a snapshot null. */
  lsn: number | null;
}

/** The connector lives, reads, and has sent everything that was committed until then. */
export interface Beat {
  kind: 'beat';
  offset: number;
  at: Date;
  /** How much of its log the source keeps for the connector, in bytes. */
  slotBytes: number | null;
  /** In the stream it says that whatever snapshot there was is over. */
  inSnapshot: boolean;
  first: boolean;
}

/** The connector's own heartbeat. */
const OwnBeat = z.strictObject({ ts_ms: z.int() });
const Raw = z.record(z.string(), z.unknown()).nullish();
const Change = z.object({
  op: z.enum(['r', 'c', 'u', 'd', 't', 'm']),
  before: Raw,
  after: Raw,
  source: z.object({
    table: z.string(),
    snapshot: z.union([z.string(), z.boolean()]).nullish(),
    ts_ms: z.int(),
    txId: z.union([z.int(), z.string()]).nullish(),
    lsn: z.int().nullish(),
  }),
});

/**
 * What a message of a source's topic of changes says. Tombstones, the connector's own heartbeats, and tables that the mapping does not know say nothing.
 * @throws HaltError where a table was emptied at once, or the message can't be understood: nothing behind it may be read before a person has looked
 */
export function readChange({ offset, key, value, timestamp }: LogMessage, captured: Captured): RowChange | Beat | undefined {
  if (value === null) return undefined;
  const message = parsed(value, offset);
  if (OwnBeat.safeParse(message).success) return undefined;
  const change = Change.safeParse(message).data;
  if (!change) throw new HaltError('change-unreadable', `offset ${offset}: not a change as Debezium writes it (are schemas left out?)`);
  const { op, source, before = null, after = null } = change;
  const inSnapshot = op === 'r' && source.snapshot !== 'incremental';
  const first = inSnapshot && source.snapshot === 'first';
  // a source's clock may be ahead
  const latest = Math.min(timestamp, Date.now());
  // Oracle writes names of tables and columns in capitals
  const name = source.table.toLowerCase();
  if (name === captured.heartbeat) return op === 'd' ? undefined : beatIn(after, latest, { offset, inSnapshot, first });
  const { outbox, tables } = captured;
  if (name !== outbox && !(name in tables)) return undefined;
  if (op === 't') throw new HaltError('source-truncated', `offset ${offset}: the table ${name} was emptied at once`);
  const row = after ?? before;
  if (row === null)
    throw new HaltError('change-unreadable', `offset ${offset}: a change of ${name} without its row (REPLICA IDENTITY FULL is missing)`);
  return {
    kind: 'row',
    offset,
    table: name === outbox ? String(small(row).fact) : name,
    key: key ?? '',
    before: name === outbox ? contentOf(before, offset) : before,
    after: name === outbox ? contentOf(after, offset) : after,
    at: new Date(Math.min(source.ts_ms, latest)),
    inSnapshot,
    first,
    captured: op === 'r' || source.lsn == null ? null : [source.txId, source.lsn, op, name, key].join(' '),
    lsn: op === 'r' ? null : (source.lsn ?? null),
  };
}

const Beating = z.object({ beat: z.iso.datetime({ offset: true }), slot_bytes: z.coerce.number().nullish() });

function beatIn(row: RawRow | null, latest: number, place: Pick<Beat, 'offset' | 'inSnapshot' | 'first'>): Beat | undefined {
  const beat = Beating.safeParse(small(row ?? {})).data;
  return beat && { kind: 'beat', ...place, at: new Date(Math.min(Date.parse(beat.beat), latest)), slotBytes: beat.slot_bytes ?? null };
}

function contentOf(row: RawRow | null, offset: number): RawRow | null {
  if (row === null) return null;
  const content = Raw.safeParse(parsed(small(row).content, offset)).data;
  if (!content) throw new HaltError('change-unreadable', `offset ${offset}: the outbox holds a row without content`);
  return content;
}

const small = (row: RawRow) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));

function parsed(text: unknown, offset: number): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new HaltError('change-unreadable', `offset ${offset}: not JSON`);
  }
}
