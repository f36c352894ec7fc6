import { topicsOf } from '#lib/events';
import type { LogMessage } from '#lib/kafka';
import { tables, upsertStatement } from '#lib/read-model';
import { foldEvents } from '../../apps/projector/src/fold-events.js';
import type { Fold } from '../../apps/projector/src/fold.js';
import { TableWriter } from '../../apps/projector/src/table-writer.js';
import { readLog } from '../support/read-log.js';
import { openReader } from './open-reader.js';

/** One transaction's statements, with their arguments ready. */
export type Write = { name: string; text: string; values: Buffer[] }[];

/** What the projector would write for the log as it stands, by partition, in batches of its own size: only without any guard. */
export async function foldedLog(env: Record<string, string>, batch: number): Promise<{ events: number; partitions: Write[][] }> {
  const reader = await openReader(env);
  const writers = unguardedWriters();
  const partitions: Write[][] = [];
  const messages = await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).involvementLog);
  for (const [partition, own] of Map.groupBy(messages, (message) => message.partition)) {
    const writes: Write[] = [];
    for (let from = 0; from < own.length; from += batch) {
      const some: LogMessage[] = own.slice(from, from + batch).map((message) => ({ ...message, timestamp: 0 }));
      const { fold } = await foldEvents(reader, partition, some);
      writes.push(writers.flatMap((write) => write(fold)));
    }
    partitions.push(writes);
  }
  await reader.keys.close();
  return { events: messages.length, partitions };
}

const WRITTEN = [tables.record, tables.involvement, tables.relationship, tables.coverage];

/** The projector's arguments under a plain upsert: the last value wins, whatever its version. */
function unguardedWriters(): ((fold: Fold) => Write)[] {
  return WRITTEN.map((table) => {
    const writer = new TableWriter('read_1', table);
    const { text, name, columns } = upsertStatement('read_1', table);
    const keys = Object.keys(table.key);
    const assignments = columns.filter((column) => !keys.includes(column.name)).map((column) => `${column.name} = excluded.${column.name}`);
    const [insert] = text.split('\nON CONFLICT');
    const plain = `${insert}\nON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${assignments.join(', ')}`;
    return (fold) => {
      const rows = fold.rowsOf(table);
      return rows.length === 0 ? [] : [{ name: `plain ${name}`, text: plain, values: writer.statement(rows).values }];
    };
  });
}
