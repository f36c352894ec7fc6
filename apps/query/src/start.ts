import { hkdfSync, randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditLog, type AuditLogEvent } from '#lib/audit';
import { openReadModel } from '#lib/read-model';
import { createLogger, type Logger, Metrics, nestLogger, type Running } from '#lib/runtime';
import { measureAudit } from './audit-measures.js';
import { loadAuthority } from './authority.js';
import { documentQuestions } from './http/openapi.js';
import { protect } from './http/protect.js';
import { serveAssets } from './layout/assets.js';
import { Pages } from './layout/pages.js';
import { QueryModule } from './query.module.js';
import { readQuerySettings } from './settings.js';
import { migrateSessions } from './sign-in/create-sessions.migration.js';
import { DevelopmentReaders } from './sign-in/development-readers.js';
import { openSessions } from './sign-in/open-sessions.js';

const BODY_LIMIT = 64 * 1024;

/** Opens the pages and the REST interface. */
export async function startQuery(env: Record<string, string | undefined>): Promise<Running> {
  const settings = readQuerySettings(env);
  if (settings.production) throw new Error('The development sign-in is refused in production, and no directory is built in yet.');
  const authority = loadAuthority(settings.authorityFile);
  const logger = createLogger('query', settings.logLevel);
  // Sessions stand with what readers read: nobody is signed out because the audit database is away.
  await migrateSessions(settings.readModelUrl);
  const reads = openReadModel(settings.readModelUrl, {
    max: 10,
    pipeline: true,
    // Twice what a statement may take.
    answerWithin: 10_000,
    onIdleError: (err) => logger.warn({ err }, 'read model connection lost'),
  });
  // Apart from the readers' connections: what operators look at never keeps a reader waiting.
  const operations = openReadModel(settings.readModelUrl, {
    max: 3,
    onIdleError: (err) => logger.warn({ err }, 'read model connection lost'),
  });
  const sessions = openSessions(settings.readModelUrl);
  const audit = await AuditLog.open({
    url: settings.auditUrl,
    termsKey: settings.auditTermsKey,
    spoolFolder: settings.auditSpoolDir,
    onEvent: (event) => sayAuditEvent(logger, event),
  });
  const metrics = new Metrics('query');
  measureAudit(metrics, audit);
  const app = await NestFactory.create<NestFastifyApplication>(
    QueryModule.on({
      reads,
      operations,
      sessions,
      audit,
      authority,
      pages: await Pages.open(authority),
      identityProvider: new DevelopmentReaders(),
      termsKey: Buffer.from(hkdfSync('sha256', settings.sessionSecret, '', 'kept searches', 32)),
      production: settings.production,
      logger,
      metrics,
    }),
    new FastifyAdapter({ bodyLimit: BODY_LIMIT, genReqId: () => randomUUID() }),
    { logger: nestLogger(logger) },
  );
  await protect(app, settings.sessionSecret);
  await serveAssets(app);
  documentQuestions(app);
  await app.listen(settings.httpPort, settings.httpHost);
  return {
    url: await app.getUrl(),
    async stop() {
      await app.close();
      await Promise.all([reads.end(), operations.end(), sessions.end(), audit.close()]);
    },
  };
}

function sayAuditEvent(logger: Logger, event: AuditLogEvent): void {
  if (event.kind === 'database-away') logger.error({ err: event.error }, 'the audit database takes no records: they go to the spool');
  else if (event.kind === 'database-back') logger.info('the audit database takes records again');
  else {
    const { kind: _, ...counts } = event;
    const lost = counts.torn + counts.damaged + counts.refused;
    logger[lost > 0 ? 'error' : 'info'](counts, lost > 0 ? 'the spool is drained, but for what was kept beside' : 'the spool is drained');
  }
}
