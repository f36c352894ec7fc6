import { Injectable } from '@nestjs/common';
import { EVENT_TYPES, knownPart, type RejectedEvent, valueAt } from '#lib/events';
import type { LogWriter } from './event-log.js';
import type { PublishEvents } from './publish-events.command.js';
import type { Reachable } from './reachable.js';

/** The topic where operations and data quality see what was refused: source, field and rule, and never a value. */
@Injectable()
export class Rejections {
  constructor(
    private readonly writer: Reachable<LogWriter>,
    private readonly topic: string,
  ) {}

  /** One message per problem. @throws RetryableError when they are not acknowledged. */
  async publish({ source, sent }: PublishEvents, rejected: RejectedEvent[]): Promise<void> {
    if (rejected.length === 0) return;
    const { codec, producer } = await this.writer.get();
    const at = Date.now();
    const messages = rejected.flatMap(({ index, problems }) => {
      const { event, unreadable, found } = sent[index]!;
      return problems.map(({ pointer, rule, expected, fix }) => {
        // what could not be read is pointed at by us, and holds no word of it
        const place = unreadable ? pointer : knownPart(pointer);
        const told = { type: typeOf(event), pointer: place, rule, expected, fix: found === undefined ? fix : `${fix} ${found}` };
        return { key: source.name, value: codec.encodeRejection({ source: source.name, at, index, ...told }) };
      });
    });
    await producer.send(this.topic, messages);
  }
}

const typeOf = (event: unknown): string | null => EVENT_TYPES.find((type) => type === valueAt(event, ['type'])) ?? null;
