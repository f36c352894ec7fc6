import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { Topics } from '#lib/events';
import { HealthModule, type Logger, type Metrics, type ReadinessCheck } from '#lib/runtime';
import type { KeyStore } from '#lib/sealing';
import { Deadline } from './deadline.js';
import { EventLog, type LogWriter } from './event-log.js';
import { captureProviders } from './cdc/capture-providers.js';
import { fileProviders } from './csv/file-providers.js';
import { EventsController } from './http/events.controller.js';
import { FilesController } from './http/files.controller.js';
import { ProblemDetailsFilter } from './http/problem-details.filter.js';
import { Measures } from './measures.js';
import { OtherDoors } from './other-doors.js';
import { PublishEventsHandler } from './publish-events.command.js';
import { Reachable } from './reachable.js';
import { Changes } from './remembered/changes.js';
import type { Digests } from './remembered/digests.js';
import { PublishFacts } from './remembered/publish-facts.js';
import { Remembered } from './remembered/remembered.js';
import { VanishedFacts } from './remembered/vanished-facts.js';
import { WeLooked } from './remembered/we-looked.js';
import { Rejections } from './rejections.js';
import { Sent } from './sent.js';
import { SourcesInUse } from './sources/sources-in-use.js';
import type { Database } from './state/database.js';
import { SubjectKeys } from './subject-keys.js';
import { UnderWay } from './under-way.js';

/** What the module is built on; opened and closed by start.ts. */
export interface IngestParts {
  keyStore: Reachable<KeyStore>;
  writer: Reachable<LogWriter>;
  topics: Topics;
  /** How many messages that a source wrote to its landing topic before an instant (milliseconds since 1970) are not read yet. @throws RetryableError */
  unreadBefore(source: string, before: number): Promise<number>;
  sources: SourcesInUse;
  /** Ingest's own. */
  database: Reachable<Database>;
  digests: Digests;
  /** Ingest's, to derive keys of its own from. */
  secret: Buffer;
  partitions: number;
  underWay: UnderWay;
  deadline: Deadline;
  logger: Logger;
  metrics: Metrics;
  checks: ReadinessCheck[];
}

@Module({})
export class IngestModule {
  static on(parts: IngestParts): DynamicModule {
    const remembered = new Reachable(async () => new Remembered(await parts.database.get()));
    const changes = new Changes(remembered);
    const vanished = new VanishedFacts(remembered, parts.keyStore);
    return {
      module: IngestModule,
      imports: [CqrsModule.forRoot(), HealthModule.register(parts)],
      controllers: [EventsController, FilesController],
      providers: [
        PublishEventsHandler,
        { provide: SubjectKeys, useValue: new SubjectKeys(parts.keyStore) },
        { provide: EventLog, useValue: new EventLog(parts.writer, parts.topics.involvementLog, parts.partitions) },
        { provide: OtherDoors, useValue: new OtherDoors(parts.database, parts.unreadBefore, parts.logger) },
        { provide: Sent, useValue: new Sent(parts.database, parts.logger) },
        { provide: Rejections, useValue: new Rejections(parts.writer, parts.topics.rejections) },
        { provide: Changes, useValue: changes },
        {
          provide: PublishFacts,
          useFactory: (commands: CommandBus) => new PublishFacts(changes, commands, parts.keyStore, remembered),
          inject: [CommandBus],
        },
        { provide: WeLooked, useFactory: (commands: CommandBus) => new WeLooked(commands, remembered), inject: [CommandBus] },
        ...fileProviders(parts, changes, vanished),
        ...captureProviders(parts, remembered, vanished),
        { provide: SourcesInUse, useValue: parts.sources },
        { provide: UnderWay, useValue: parts.underWay },
        { provide: Deadline, useValue: parts.deadline },
        { provide: Measures, useValue: new Measures(parts.metrics, parts.logger) },
        { provide: APP_FILTER, useValue: new ProblemDetailsFilter(parts.logger) },
      ],
    };
  }
}
