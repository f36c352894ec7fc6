import type { PoolClient } from 'pg';
import type { LogMessage } from '#lib/kafka';
import type { BatchWriter } from '../apply.js';
import { RowRefusedError } from '../errors.js';
import type { FoldedMessages } from '../fold-events.js';
import { type FoldedLogs, foldMessages, foldRefused } from '../fold-messages.js';

export interface Partition {
  topic: string;
  partition: number;
}

/**
 * Applies messages of one partition whose turn has passed: the checkpoint does not move, and registers take only what is newer. One
 * transaction, unless PostgreSQL refuses a row: then in halves, until that event stands alone. Killed before its end, nothing happened.
 * @param and what else belongs into the transaction; the rows are written by then
 * @throws what may pass: nothing is applied then.
 */
export async function applyAgain(
  logs: FoldedLogs,
  writer: BatchWriter,
  place: Partition,
  messages: readonly LogMessage[],
  and: (client: PoolClient, folded: FoldedMessages, messages: readonly LogMessage[]) => Promise<void>,
): Promise<void> {
  const write = (folded: FoldedMessages) =>
    writer.inTransaction(async (client) => {
      await writer.writeRows(client, folded.fold);
      await and(client, folded, messages);
    });
  try {
    return await write(await foldMessages(logs, place, messages));
  } catch (error) {
    if (!(error instanceof RowRefusedError)) throw error;
    if (messages.length === 1) return write(await foldRefused(logs, place, messages[0]!, error));
  }
  const half = messages.length >> 1;
  await applyAgain(logs, writer, place, messages.slice(0, half), and);
  await applyAgain(logs, writer, place, messages.slice(half), and);
}
