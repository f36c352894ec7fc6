import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { createLogger } from '#lib/runtime';
import type { KeyStore } from '#lib/sealing';
import { Beats } from '../../apps/ingest/src/cdc/beats.js';
import { CaptureState } from '../../apps/ingest/src/cdc/capture-state.js';
import { PublishRows } from '../../apps/ingest/src/cdc/publish-rows.js';
import { TakeChanges } from '../../apps/ingest/src/cdc/take-changes.js';
import { Files } from '../../apps/ingest/src/csv/files.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { openParts } from '../../apps/ingest/src/open-parts.js';
import type { Digests } from '../../apps/ingest/src/remembered/digests.js';
import { OtherDoors } from '../../apps/ingest/src/other-doors.js';
import { PublishFacts } from '../../apps/ingest/src/remembered/publish-facts.js';
import { readIngestSettings } from '../../apps/ingest/src/settings.js';
import type { Mapping } from '../../apps/ingest/src/sources/mapping.js';
import type { Database } from '../../apps/ingest/src/state/database.js';

export interface OpenIngest {
  publishFacts: PublishFacts;
  commands: CommandBus;
  files: Files;
  database: Database;
  keyStore: KeyStore;
  digests: Digests;
  /** What takes a source's captured changes. */
  capture(mapping: Mapping): TakeChanges;
  captureState: CaptureState;
  doors: OtherDoors;
  close(): Promise<void>;
}

/** Ingest without its door: what all doors share, on the real log, key store and database. */
export async function openIngest(env: Record<string, string>): Promise<OpenIngest> {
  const logger = createLogger('ingest', 'error');
  const { parts, close } = openParts(readIngestSettings(env), logger);
  const app = await NestFactory.createApplicationContext(IngestModule.on(parts), { logger: false });
  return {
    publishFacts: app.get(PublishFacts),
    commands: app.get(CommandBus),
    files: app.get(Files),
    database: await parts.database.get(),
    keyStore: await parts.keyStore.get(),
    digests: parts.digests,
    capture: (mapping) =>
      new TakeChanges(mapping, mapping.captured!, {
        rows: app.get(PublishRows),
        beats: app.get(Beats),
        state: app.get(CaptureState),
        logger,
      }),
    captureState: app.get(CaptureState),
    doors: app.get(OtherDoors),
    async close() {
      await app.close();
      await close();
    },
  };
}
