import type { LogMessage } from '#lib/kafka';
import { Fold } from './fold.js';
import type { FoldedMessages } from './fold-events.js';
import type { LogReader } from './log-reader.js';
import { projectDecision } from './project.js';
import { NotFoldable, parkedMessage, whyParked } from './why-parked.js';

/** Folds messages of one partition of `identity-log`. @throws what may pass (registry): nothing is folded then. */
export async function foldDecisions(reader: LogReader, partition: number, messages: readonly LogMessage[]): Promise<FoldedMessages> {
  const folded: FoldedMessages = { fold: new Fold(), reached: new Map(), parked: [] };
  await reader.codec.prepare(messages.map(({ value }) => value));
  for (const message of messages) {
    try {
      if (message.value === null) throw new NotFoldable('no-value', 'an identity decision', 'a message without value');
      const decision = reader.codec.decodeDecision(message.value);
      for (const write of projectDecision(decision, { partition, offset: message.offset })) folded.fold.add(write);
    } catch (error) {
      folded.parked.push(parkedMessage(message, whyParked(error)));
    }
  }
  return folded;
}
