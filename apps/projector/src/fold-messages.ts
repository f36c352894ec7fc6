import type { Topics } from '#lib/events';
import type { LogMessage } from '#lib/kafka';
import type { RowRefusedError } from './errors.js';
import { foldDecisions, MATCHER } from './fold-decisions.js';
import { foldEvents, type FoldedMessages, park } from './fold-events.js';
import type { LogReader } from './log-reader.js';
import { parkedMessage } from './why-parked.js';

/** Both logs as something to fold from. */
export interface FoldedLogs {
  topics: Pick<Topics, 'involvementLog' | 'identityLog'>;
  reader: LogReader;
}

/** Folds messages of one partition of either log. @throws what may pass (registry, key store): nothing is folded then. */
export function foldMessages(
  { topics, reader }: FoldedLogs,
  { topic, partition }: { topic: string; partition: number },
  messages: readonly LogMessage[],
): Promise<FoldedMessages> {
  return topic === topics.identityLog ? foldDecisions(reader, partition, messages) : foldEvents(reader, partition, messages);
}

/** What one message comes to that PostgreSQL has refused: it is held back. */
export async function foldRefused(
  logs: FoldedLogs,
  place: { topic: string; partition: number },
  message: LogMessage,
  { sqlState }: RowRefusedError,
): Promise<FoldedMessages> {
  const folded = await foldMessages(logs, place, []);
  const why = { code: 'row-refused', expected: 'values that PostgreSQL takes', actual: `SQLSTATE ${sqlState}` } as const;
  const envelope = place.topic === logs.topics.identityLog ? undefined : logs.reader.codec.decodeEnvelope(message.value!);
  park(folded, parkedMessage(message, why, envelope), envelope?.source ?? MATCHER);
  return folded;
}
