import type { Envelope } from '#lib/events';
import type { LogMessage } from '#lib/kafka';
import { Fold } from './fold.js';
import type { LogReader } from './log-reader.js';
import { openEvent } from './open-event.js';
import type { ParkedEvent } from './park.js';
import { projectEvent } from './project.js';
import { reach, type SourceReached } from './source-progress.js';
import { parkedMessage, whyParked } from './why-parked.js';

/** What a run of messages comes to. */
export interface FoldedMessages {
  fold: Fold;
  reached: Map<string, SourceReached>;
  parked: ParkedEvent[];
}

/**
 * Folds messages of one partition of `involvement-log`. Keys are asked for once; the rest is one plain loop.
 * @throws what may pass (registry, key store): nothing is folded then.
 */
export async function foldEvents(reader: LogReader, partition: number, messages: readonly LogMessage[]): Promise<FoldedMessages> {
  const folded: FoldedMessages = { fold: new Fold(), reached: new Map(), parked: [] };
  await reader.codec.prepare(messages.map(({ value }) => value));
  const envelopes = messages.map((message) => envelopeOf(reader, message, folded.parked));
  const subjects = new Set<string>();
  for (const envelope of envelopes) if (envelope) subjects.add(envelope.subject);
  const keys = await reader.keys.keysFor(subjects);
  for (let index = 0; index < envelopes.length; index += 1) {
    const envelope = envelopes[index];
    if (!envelope) continue;
    const message = messages[index]!;
    const key = keys.get(envelope.subject);
    if (key === undefined || key === 'missing') {
      const why = { code: 'key-missing', expected: 'a data key, or the tombstone of one', actual: 'neither' } as const;
      folded.parked.push(parkedMessage(message, why, envelope));
      continue;
    }
    try {
      // Erased on purpose: the event has been seen, and there is nothing left in it to fold.
      if (key !== 'erased') {
        const place = { subject: envelope.subject, partition, offset: message.offset };
        for (const write of projectEvent(openEvent(reader, envelope, key), place)) folded.fold.add(write);
      }
      reach(folded.reached, envelope);
    } catch (error) {
      folded.parked.push(parkedMessage(message, whyParked(error), envelope));
    }
  }
  return folded;
}

function envelopeOf(reader: LogReader, message: LogMessage, parked: ParkedEvent[]): Envelope | undefined {
  if (message.value === null) {
    parked.push(parkedMessage(message, { code: 'no-value', expected: 'an envelope', actual: 'a message without value' }));
    return undefined;
  }
  try {
    return reader.codec.decodeEnvelope(message.value);
  } catch (error) {
    parked.push(parkedMessage(message, whyParked(error)));
    return undefined;
  }
}
