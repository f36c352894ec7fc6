import { Injectable } from '@nestjs/common';
import type { AcceptedEvent } from '#lib/events';
import type { LogCodec, LogProducer, SchemaStore } from '#lib/kafka';
import { logMessage } from './log-message.js';
import type { Reachable } from './reachable.js';
import type { KeyedEvent } from './subject-keys.js';

/** What it takes to write: schemas of the events, the envelope's framing, and the broker. */
export interface LogWriter {
  schemas: SchemaStore;
  codec: LogCodec;
  producer: LogProducer;
}

/** `involvement-log`, as ingest writes it. */
@Injectable()
export class EventLog {
  constructor(
    private readonly writer: Reachable<LogWriter>,
    private readonly topic: string,
    private readonly partitions: number,
  ) {}

  /**
   * Writes events in the given order and returns once all replicas have acknowledged every one of them.
   * An event about the source as a whole goes to every partition, after all that came before it.
   * @param earlier settles when older requests of the source are in the log.
   * @throws RetryableError when anything is not acknowledged; sending it all again has no second effect.
   */
  async append(events: KeyedEvent[], earlier: Promise<void>): Promise<AcceptedEvent[]> {
    if (events.length === 0) return [];
    const writer = await this.writer.get();
    const accepted: AcceptedEvent[] = [];
    for (const step of steps(events)) {
      if (step.ofSource) await earlier;
      accepted.push(...(await this.appendStep(writer, step)));
    }
    return accepted;
  }

  private async appendStep(writer: LogWriter, { ofSource, events }: Step): Promise<AcceptedEvent[]> {
    const messages = events.flatMap((event) =>
      ofSource
        ? Array.from({ length: this.partitions }, (_, partition) => logMessage(writer, event, partition))
        : [logMessage(writer, event)],
    );
    const places = await writer.producer.send(this.topic, messages);
    return events.map(({ index }, at) => {
      if (!ofSource) return { index, status: 'accepted', eventId: messages[at]!.eventId, ...places[at]! };
      const from = at * this.partitions;
      return { index, status: 'accepted', eventId: messages[from]!.eventId, places: places.slice(from, from + this.partitions) };
    });
  }
}

interface Step {
  ofSource: boolean;
  events: KeyedEvent[];
}

/** Runs of events about records, and of events about the source. */
function steps(events: KeyedEvent[]): Step[] {
  const found: Step[] = [];
  for (const keyed of events) {
    const ofSource = keyed.event.type === 'SourceChecked';
    const last = found.at(-1);
    if (last?.ofSource === ofSource) last.events.push(keyed);
    else found.push({ ofSource, events: [keyed] });
  }
  return found;
}
