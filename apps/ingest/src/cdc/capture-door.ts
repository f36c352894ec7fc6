import type { Topics } from '#lib/events';
import { consumeLog, groupPositions, type Kafka, type LogConsumption } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import type { OtherDoors } from '../other-doors.js';
import type { Captured, Mapping } from '../sources/mapping.js';
import type { Beats } from './beats.js';
import type { CaptureMeasures } from './capture-measures.js';
import type { CaptureState } from './capture-state.js';
import type { PublishRows } from './publish-rows.js';
import { TakeChanges } from './take-changes.js';

export interface CaptureParts {
  kafka: Kafka;
  topics: Topics;
  rows: PublishRows;
  beats: Beats;
  state: CaptureState;
  measures: CaptureMeasures;
  doors: OtherDoors;
  logger: Logger;
}

/**
 * Takes in the changes that connectors capture in sources' own tables. One consumption a source, so that none delays another. Where it has come to is
 * kept by the broker, and only once everything before is in the log.
 */
export class CaptureDoor {
  private readonly open: LogConsumption[];

  constructor(
    mappings: readonly Mapping[],
    private readonly parts: CaptureParts,
  ) {
    this.open = mappings.flatMap((mapping) => (mapping.captured ? this.consume(mapping, mapping.captured) : []));
  }

  async close(): Promise<void> {
    await Promise.all(this.open.map((consumption) => consumption.stop()));
  }

  private consume(mapping: Mapping, captured: Captured): LogConsumption {
    const { kafka, topics, logger, measures, doors } = this.parts;
    const topic = topics.captured(mapping.name);
    const groupId = `${topics.capturedGroups}${mapping.name}`;
    measures.hear(mapping.name, { at: new Date(), slotBytes: null });
    const changes = new TakeChanges(mapping, captured, this.parts);
    let reads = false;
    return consumeLog({
      kafka,
      groupId,
      topics: [topic],
      partitions: 1,
      chunk: 1_000,
      logger,
      startingPoints: async (assigned) => groupPositions(kafka, groupId, topic, assigned),
      // The broker keeps the place, without a memory of what stood before it.
      verify: () => Promise.resolve(true),
      async apply({ messages, heartbeat }) {
        await changes.take(messages, heartbeat);
        if (!reads) await doors.reads(mapping.name, 'cdc');
        reads = true;
        return 'applied';
      },
      onHalt: (error) => {
        measures.stop(mapping.name);
        void doors.halted(mapping.name, 'cdc', error.code);
        logger.fatal({ err: error, source: mapping.name }, 'the changes of a source are read no further');
      },
    });
  }
}
