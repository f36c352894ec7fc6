import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EVENT_TYPES } from '#lib/events';
import { AccessTokens, Issuer, Revocations } from '#lib/identity';
import { LandingCodec, SchemaStore } from '#lib/kafka';
import { createLogger, type Logger, nestLogger, type Running } from '#lib/runtime';
import { Beats } from './cdc/beats.js';
import { CaptureDoor } from './cdc/capture-door.js';
import { CaptureMeasures } from './cdc/capture-measures.js';
import { CaptureState } from './cdc/capture-state.js';
import { PublishRows } from './cdc/publish-rows.js';
import { Files } from './csv/files.js';
import { lookAgainAndAgain } from './csv/look-again-and-again.js';
import { WatchedFolder } from './csv/watched-folder.js';
import { documentTopics } from './http/async-api.js';
import { doorAdapter } from './http/door.js';
import { KnownSenders } from './http/known-senders.js';
import { documentDoor } from './http/open-api.js';
import { IngestModule } from './ingest.module.js';
import { LandingDoor } from './landing/landing-door.js';
import { Measures } from './measures.js';
import { OtherDoors } from './other-doors.js';
import { openParts } from './open-parts.js';
import { Reachable } from './reachable.js';
import { readIngestSettings } from './settings.js';

/** Opens the door. It opens without Kafka, registry or key store too, and answers 503 until they are there. */
export async function startIngest(env: Record<string, string | undefined>, ownLogger?: Logger): Promise<Running> {
  const settings = readIngestSettings(env);
  const logger = ownLogger ?? createLogger('ingest', settings.logLevel);
  const { kafka, parts, close } = openParts(settings, logger);
  const tokens = new AccessTokens(new Issuer({ url: settings.oidcIssuer }), settings.oidcAudience);
  const revocations = await Revocations.open(settings.sessionsUrl);
  const app = await NestFactory.create<NestFastifyApplication>(IngestModule.on(parts), doorAdapter(new KnownSenders(tokens, revocations)), {
    logger: nestLogger(logger),
    bodyParser: false,
  });
  const schemas = SchemaStore.open();
  documentDoor(app, IngestModule);
  documentTopics(app, { topics: parts.topics, sources: parts.sources.all, schemas });
  await app.listen(settings.httpPort, settings.httpHost);
  const folder =
    settings.csvFolder === '' ? undefined : new WatchedFolder(settings.csvFolder, app.get(Files), parts.sources, parts.database, logger);
  const looking = folder && lookAgainAndAgain(folder, settings.csvFolderEvery);
  const landing = new LandingDoor(settings.landing ? parts.sources.all.filter(({ doors }) => doors.includes('kafka')) : [], {
    kafka,
    topics: parts.topics,
    codec: new Reachable(() => LandingCodec.open({ ...settings, schemas, types: EVENT_TYPES })),
    commands: app.get(CommandBus),
    measures: app.get(Measures),
    doors: app.get(OtherDoors),
    logger,
  });
  const capture = new CaptureDoor(settings.capture ? parts.sources.all.filter(({ doors }) => doors.includes('cdc')) : [], {
    kafka,
    topics: parts.topics,
    rows: app.get(PublishRows),
    beats: app.get(Beats),
    state: app.get(CaptureState),
    measures: app.get(CaptureMeasures),
    doors: app.get(OtherDoors),
    logger,
  });
  return {
    url: await app.getUrl(),
    async stop() {
      await Promise.all([landing.close(), capture.close()]);
      await looking?.stop();
      await app.close();
      await close();
      await revocations.close();
    },
  };
}
