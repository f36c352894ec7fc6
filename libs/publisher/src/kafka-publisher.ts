import type { SourceEvent } from '#lib/events';
import { checkEvents, inOrder, type KeptEvent } from './check-events.js';
import { inTurn } from './in-turn.js';
import { NotNow, patiently } from './patiently.js';
import type { Patience, Publisher, WrittenOutcome } from './publisher.js';

interface Message {
  key: string;
  value: Buffer;
}

export interface KafkaPublisherOptions extends Patience {
  source: string;
  /** The source's landing topic, `landing.<source>`: it has one partition. */
  topic: string;
  /**
   * Writes messages, acknowledged by all replicas, and says where each stands. An error whose `retriable` is true is tried again with the same
   * messages: what stands there twice has no second effect.
   */
  producer: { send(topic: string, messages: Message[]): Promise<{ partition: number; offset: number }[]> };
  /** Avro of the event's own schema in Confluent framing; `eventId` empty: the index names events. */
  encode(event: SourceEvent): Buffer;
}

const AT_ONCE = 1_000;

/** Writes what one source has to say to its landing topic, one batch at a time, so that order is kept. What breaks the contract is not written. */
export function kafkaPublisher(o: KafkaPublisherOptions): Publisher<WrittenOutcome> {
  const next = inTurn();
  return {
    publish: (events, { dryRun = false } = {}) =>
      next(async () => {
        const { kept, rejected } = checkEvents(o.source, events);
        const results: WrittenOutcome[] = [...rejected];
        for (let from = 0; from < kept.length; from += AT_ONCE) {
          const batch = kept.slice(from, from + AT_ONCE);
          results.push(...(dryRun ? batch.map(({ index }) => ({ index, status: 'valid' as const })) : await write(o, batch)));
        }
        return inOrder(results);
      }),
  };
}

async function write(o: KafkaPublisherOptions, batch: KeptEvent[]): Promise<WrittenOutcome[]> {
  const messages = batch.map(({ event }) => ({ key: 'recordId' in event ? event.recordId : o.source, value: o.encode(event) }));
  const places = await patiently(o, async () => {
    try {
      return await o.producer.send(o.topic, messages);
    } catch (error) {
      if (!(error instanceof Error && 'retriable' in error && error.retriable === true)) throw error;
      return new NotNow(`${o.topic} can't be written (${error.name})`);
    }
  });
  return batch.map(({ index }, at) => ({ index, status: 'written', ...places[at]! }));
}
