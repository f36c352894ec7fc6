import type { CommandBus } from '@nestjs/cqrs';
import type { Problem, Topics } from '#lib/events';
import {
  consumeLog,
  ContractBrokenError,
  groupPositions,
  type Kafka,
  type LandingCodec,
  type LogConsumption,
  type PartitionBatch,
  UndecodableError,
  userOfSource,
} from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import type { Measures } from '../measures.js';
import type { OtherDoors } from '../other-doors.js';
import { PublishEvents, type SentEvent } from '../publish-events.command.js';
import type { Reachable } from '../reachable.js';
import type { Source } from '../sources/source.js';

/** Events in one act at most. */
const CHUNK = 500;

export interface LandingParts {
  kafka: Kafka;
  topics: Topics;
  codec: Reachable<LandingCodec>;
  commands: CommandBus;
  measures: Measures;
  doors: OtherDoors;
  logger: Logger;
}

/**
 * Takes in what a source writes to its landing topic. One consumption a source: one that floods, or whose topic is broken, delays no other. Where it has come
 * to is kept by the broker; what is read twice after a crash has the same ids and no second effect.
 */
export class LandingDoor {
  private readonly open: LogConsumption[];

  constructor(
    sources: readonly Source[],
    private readonly parts: LandingParts,
  ) {
    this.open = sources.map((source) => this.consume(source));
  }

  async close(): Promise<void> {
    await Promise.all(this.open.map((consumption) => consumption.stop()));
  }

  private consume(source: Source): LogConsumption {
    const { kafka, topics, logger, measures, doors } = this.parts;
    const topic = topics.landing(source.name);
    const groupId = `${topics.landingGroups}${source.name}`;
    let reads = false;
    return consumeLog({
      kafka,
      groupId,
      topics: [topic],
      chunk: CHUNK,
      logger,
      async startingPoints(assigned) {
        const points = await groupPositions(kafka, groupId, topic, assigned);
        if (points.length > 0 && points.every(({ nextOffset, end }) => nextOffset === end)) await doors.reads(source.name, 'kafka');
        return points;
      },
      // The broker keeps the place, without a memory of what stood before it.
      verify: () => Promise.resolve(true),
      apply: async (batch) => {
        await this.publish(source, batch);
        if (!reads) await doors.reads(source.name, 'kafka');
        reads = true;
        return 'applied';
      },
      onHalt: (error) => {
        measures.landingStopped(source.name);
        void doors.halted(source.name, 'kafka', error.code);
        logger.fatal({ err: error, source: source.name }, 'a landing topic is read no further');
      },
    });
  }

  private async publish(source: Source, { partition, messages, heartbeat }: PartitionBatch): Promise<void> {
    const since = performance.now();
    const codec = await this.parts.codec.get();
    await codec.prepare(messages.map(({ value }) => value));
    const sent = messages.map(({ offset, value }) => ({
      ...sentIn(value, codec),
      found: `Found at offset ${offset} of partition ${partition} of your topic.`,
    }));
    const answer = await this.parts.commands.execute(new PublishEvents(source, sent, { door: 'kafka', sender: userOfSource(source.name) }));
    this.parts.measures.answered(source.name, answer, since);
    await heartbeat();
  }
}

/** What can't be read is refused like any event that breaks a rule, and the next is read. */
function sentIn(value: Buffer | null, codec: LandingCodec): SentEvent {
  if (value === null) return unreadable('a message with content', 'no content');
  try {
    return { event: codec.decode(value), findings: [] };
  } catch (error) {
    if (error instanceof UndecodableError || error instanceof ContractBrokenError) return unreadable(error.expected, error.actual);
    throw error;
  }
}

const unreadable = (expected: string, found: string): SentEvent => ({
  event: undefined,
  findings: [],
  unreadable: {
    pointer: '',
    rule: 'avro-readable',
    expected,
    fix: `Found: ${found}. Write it with a schema that the registry holds, one byte 0 and the schema's id in front.`,
  } satisfies Problem,
});
