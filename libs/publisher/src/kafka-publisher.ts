import type { SourceEvent } from '#lib/events';
import type { EventToPublish } from './http-publisher.js';
import { oneAfterTheOther, type Patience, untilDone } from './patience.js';
import { checked } from './told-events.js';

/** As much of a Kafka producer as is needed; kafkajs's own is one. Make it idempotent. */
export interface LandingProducer {
  send(record: { topic: string; acks: number; messages: { key: string; value: Buffer }[] }): Promise<unknown>;
}

export interface KafkaPublisherOptions extends Patience {
  source: string;
  /** Connected, as the user `source.<source>`; whoever made it closes it. */
  producer: LandingProducer;
  /** Writes an event in the schema of its type as the registry holds it, in Confluent framing, with an empty `eventId`. */
  encode(event: SourceEvent): Promise<Buffer> | Buffer;
  /** `landing.<source>` where not given. */
  topic?: string;
}

export interface KafkaPublisher {
  /**
   * Writes events in the order given, and after those of earlier calls. What they say of one record keeps its order.
   * @throws InvalidEventError when one breaks the contract: none of the call is written then. PublishFailedError when patience ends.
   */
  publish(events: readonly EventToPublish[]): Promise<void>;
}

/** Events of one send: what was tried again after an answer was lost has no second effect, and is not much. */
const AT_ONCE = 500;
const ALL_REPLICAS = -1;

/** Publishes to a source's landing topic. What is refused there is told on the source's page, not here: try a dry run over HTTP first. */
export function kafkaPublisher({
  source,
  producer,
  encode,
  topic = `landing.${source}`,
  ...patience
}: KafkaPublisherOptions): KafkaPublisher {
  const inTurn = oneAfterTheOther();
  const write = async (events: SourceEvent[]) => {
    const messages = await Promise.all(events.map(async (event) => ({ key: keyOf(event), value: await encode(event) })));
    await untilDone(patience, () =>
      producer.send({ topic, acks: ALL_REPLICAS, messages }).then(
        () => ({ written: messages.length }),
        (error: unknown) => ({ why: error instanceof Error ? error.message : 'unknown' }),
      ),
    );
  };
  return {
    async publish(events) {
      const good = events.map((event) => checked(event, source));
      await inTurn(async () => {
        for (let from = 0; from < good.length; from += AT_ONCE) await write(good.slice(from, from + AT_ONCE));
      });
    },
  };
}

/** What is said of one record lands in one partition, in order. */
const keyOf = (event: SourceEvent): string => ('recordId' in event ? event.recordId : event.source);
