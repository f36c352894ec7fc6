import type { LogMessage } from '#lib/kafka';
import { type FoldedMessages, nothingFolded, park } from './fold-events.js';
import type { LogReader } from './log-reader.js';
import { projectDecision } from './project.js';
import { NotFoldable, parkedMessage, whyParked } from './why-parked.js';

/** Who publishes identity decisions, as the tally names sources. */
export const MATCHER = '(matcher)';

/** Folds messages of one partition of `identity-log`. @throws what may pass (registry): nothing is folded then. */
export async function foldDecisions(reader: LogReader, partition: number, messages: readonly LogMessage[]): Promise<FoldedMessages> {
  const folded = nothingFolded();
  await reader.codec.prepare(messages.map(({ value }) => value));
  for (const message of messages) {
    try {
      if (message.value === null) throw new NotFoldable('no-value', 'an identity decision', 'a message without value');
      const decision = reader.codec.decodeDecision(message.value);
      const counts = folded.tally.of(MATCHER, message.timestamp);
      const place = { partition, offset: message.offset, publishedAt: message.timestamp };
      folded.fold.addEvent(projectDecision(decision, place), counts);
      counts.received += 1;
    } catch (error) {
      park(folded, parkedMessage(message, whyParked(error)), MATCHER);
    }
  }
  return folded;
}
