import { NestFactory } from '@nestjs/core';
import { createLogger } from '#lib/runtime';
import type { KeyStore } from '#lib/sealing';
import { Files } from '../../apps/ingest/src/csv/files.js';
import { IngestModule } from '../../apps/ingest/src/ingest.module.js';
import { openParts } from '../../apps/ingest/src/open-parts.js';
import type { Digests } from '../../apps/ingest/src/remembered/digests.js';
import { PublishFacts } from '../../apps/ingest/src/remembered/publish-facts.js';
import { readIngestSettings } from '../../apps/ingest/src/settings.js';
import type { Database } from '../../apps/ingest/src/state/database.js';

export interface OpenIngest {
  publishFacts: PublishFacts;
  files: Files;
  database: Database;
  keyStore: KeyStore;
  digests: Digests;
  close(): Promise<void>;
}

/** Ingest without its door: what all doors share, on the real log, key store and database. */
export async function openIngest(env: Record<string, string>): Promise<OpenIngest> {
  const { parts, close } = openParts(readIngestSettings(env), createLogger('ingest', 'error'));
  const app = await NestFactory.createApplicationContext(IngestModule.on(parts), { logger: false });
  return {
    publishFacts: app.get(PublishFacts),
    files: app.get(Files),
    database: await parts.database.get(),
    keyStore: await parts.keyStore.get(),
    digests: parts.digests,
    async close() {
      await app.close();
      await close();
    },
  };
}
