import type { Envelope } from '#lib/events';
import type { LogMessage } from '#lib/kafka';
import { isUuid } from '#lib/runtime';
import { Fold } from './fold.js';
import type { LogReader } from './log-reader.js';
import { openEvent } from './open-event.js';
import type { ParkedEvent } from './park.js';
import { projectEvent } from './project.js';
import { reach, type SourceReached } from './source-progress.js';
import { Tally } from './tally.js';
import { NotFoldable, parkedMessage, whyParked } from './why-parked.js';

/** What a run of messages comes to. */
export interface FoldedMessages {
  fold: Fold;
  reached: Map<string, SourceReached>;
  parked: ParkedEvent[];
  tally: Tally;
}

/** Nothing folded yet. */
export const nothingFolded = (): FoldedMessages => ({ fold: new Fold(), reached: new Map(), parked: [], tally: new Tally() });

/**
 * Folds messages of one partition of `involvement-log`, each from bytes to register in one go, so that nothing of it lives on. Keys are asked
 * for once, by the subject tokens that key the messages.
 * @throws what may pass (registry, key store): nothing is folded then.
 */
export async function foldEvents(reader: LogReader, partition: number, messages: readonly LogMessage[]): Promise<FoldedMessages> {
  const folded = nothingFolded();
  await reader.codec.prepare(messages.map(({ value }) => value));
  const keys = await reader.keys.keysFor(new Set(messages.map(({ key }) => key).filter(isUuid)));
  const otherwiseKeyed = messages.filter((message) => !foldEvent(reader, folded, partition, message, keys));
  if (otherwiseKeyed.length === 0) return folded;
  // The envelope, not the message's key, says whose event it is. Folding these last makes no difference.
  const subjects = otherwiseKeyed.map(({ value }) => reader.codec.decodeEnvelope(value!).subject);
  const theirs = await reader.keys.keysFor(new Set(subjects));
  for (const message of otherwiseKeyed) foldEvent(reader, folded, partition, message, theirs);
  return folded;
}

/** @returns false where the key of the event's subject was not asked for. */
function foldEvent(reader: LogReader, folded: FoldedMessages, partition: number, message: LogMessage, keys: Keys): boolean {
  let envelope: Envelope | undefined;
  try {
    envelope = envelopeOf(reader, message);
    const key = keys.get(envelope.subject);
    if (key === undefined) return false;
    if (key === 'missing') throw new NotFoldable('key-missing', 'a data key, or the tombstone of one', 'neither');
    const counts = folded.tally.of(envelope.source, envelope.publishedAt);
    // Erased on purpose: the event has been seen, and there is nothing left in it to fold.
    if (key === 'erased') counts.erased += 1;
    else {
      const place = { subject: envelope.subject, partition, offset: message.offset };
      folded.fold.addEvent(projectEvent(openEvent(reader, envelope, key), place), counts);
    }
    counts.received += 1;
    reach(folded.reached, envelope);
  } catch (error) {
    park(folded, parkedMessage(message, whyParked(error), envelope));
  }
  return true;
}

/** Holds a message back and counts it as held. */
export function park(folded: FoldedMessages, event: ParkedEvent, source = event.source): void {
  folded.parked.push(event);
  const counts = folded.tally.of(source, event.publishedAt);
  counts.received += 1;
  counts.parked += 1;
}

function envelopeOf(reader: LogReader, { value }: LogMessage): Envelope {
  if (value === null) throw new NotFoldable('no-value', 'an envelope', 'a message without value');
  return reader.codec.decodeEnvelope(value);
}

type Keys = Awaited<ReturnType<LogReader['keys']['keysFor']>>;
