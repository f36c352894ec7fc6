import { hkdfSync, randomUUID } from 'node:crypto';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditLog, type AuditLogEvent, AuditReader } from '#lib/audit';
import { AccessTokens, Issuer, migrateSessions, Revocations } from '#lib/identity';
import { migrateKept } from '#lib/kept';
import { openReadModel } from '#lib/read-model';
import { createLogger, type Logger, Metrics, nestLogger, type Running } from '#lib/runtime';
import { measureAudit } from './audit-measures.js';
import { loadAuthority } from './authority.js';
import { documentQuestions } from './http/openapi.js';
import { protect } from './http/protect.js';
import { slowDown } from './http/slow-down.js';
import { serveAssets } from './layout/assets.js';
import { Pages } from './layout/pages.js';
import { MatchModelNow } from './compare-records/match-model-now.js';
import { openMatchModel } from './compare-records/open-match-model.js';
import { leaveUnavailablePage } from './layout/unavailable-page.js';
import { QueryModule } from './query.module.js';
import { KeptFreshness } from './read-freshness.js';
import { saySettings } from './say-settings.js';
import { MatcherDoor } from './review-matches/matcher-door.js';
import { readQuerySettings } from './settings.js';
import { IngestDoor } from './sources/ingest-door.js';
import { IngestToken } from './sources/ingest-token.js';
import { Directory } from './sign-in/directory.js';
import { ReaderMarks } from './sign-in/going-to.js';
import { MachineReaders } from './sign-in/machine-readers.js';
import { openSessions } from './sign-in/open-sessions.js';
import { refuseWhoCouldChangeLog } from './who-could-change-log.js';

const BODY_LIMIT = 64 * 1024;
/** Opens the pages and the REST interface. */
export async function startQuery(env: Record<string, string | undefined>): Promise<Running> {
  const settings = readQuerySettings(env);
  const authority = loadAuthority(settings.authorityFile, settings);
  const logger = createLogger('query', settings.logLevel);
  const pages = await Pages.open(authority);
  if (settings.unavailableDir !== undefined) await leaveUnavailablePage(settings.unavailableDir, pages.unavailable);
  // Sessions stand with what readers read: nobody is signed out because the audit database is away.
  await migrateSessions(settings.sessionsUrl);
  await migrateKept(settings.sessionsUrl);
  const reads = openReadModel(settings.readModelUrl, {
    max: 10,
    forQuestions: true,
    // Twice what a statement may take.
    answerWithin: 10_000,
    onIdleError: (err) => logger.warn({ err }, 'read model connection lost'),
  });
  // Apart from the readers' connections: what operators look at never keeps a reader waiting.
  const operations = openReadModel(settings.readModelUrl, {
    max: 3,
    onIdleError: (err) => logger.warn({ err }, 'read model connection lost'),
  });
  // A steward may wait for another's answer about the same pair, and holds a connection meanwhile.
  const opinions = openReadModel(settings.readModelUrl, {
    max: 3,
    answerWithin: 10_000,
    onIdleError: (err) => logger.warn({ err }, 'read model connection lost'),
  });
  const sessions = openSessions(settings.sessionsUrl);
  if (settings.production) await refuseWhoCouldChangeLog(settings);
  const audit = await AuditLog.open({
    url: settings.auditUrl,
    termsKey: settings.auditTermsKey,
    spoolFolder: settings.auditSpoolDir,
    onEvent: (event) => sayAuditEvent(logger, event),
  });
  const auditReader = new AuditReader({
    url: settings.auditReadUrl,
    onIdleError: (err) => logger.warn({ err }, 'audit connection lost'),
  });
  const matcher = new MatcherDoor(settings.matcherStewardsUrl, (err) => logger.warn({ err }, 'connection to the matcher’s database lost'));
  await saySettings(settings.authorityFile, { sessions, audit, logger });
  const revocations = await Revocations.open(settings.sessionsUrl);
  const tokens = new AccessTokens(new Issuer({ url: settings.oidcIssuer }), settings.oidcAudience);
  let ownUrl = settings.publicUrl;
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret, production } = settings;
  const directory = new Directory({ issuer, clientId, clientSecret, production, publicUrl: () => ownUrl });
  const metrics = new Metrics('query');
  measureAudit(metrics, audit);
  const app = await NestFactory.create<NestFastifyApplication>(
    QueryModule.on({
      reads,
      operations,
      opinions,
      sessions,
      audit,
      auditReader,
      auditTermsKey: settings.auditTermsKey,
      authority,
      matchModel: new MatchModelNow(openMatchModel(settings.matchModelFile), matcher, (err) =>
        logger.warn({ err }, 'which match model was switched to could not be asked'),
      ),
      freshness: new KeptFreshness(settings.freshnessKeptMs),
      pages,
      directory,
      ingest: new IngestDoor(
        settings.ingestUrl,
        new IngestToken({ issuer, clientId: settings.ingestClientId, clientSecret: settings.ingestClientSecret, production }),
      ),
      marks: new ReaderMarks(settings.sessionSecret),
      machines: new MachineReaders(tokens, revocations, audit, authority.signIn),
      // The words of a problem outlive sessions and their secret.
      problemsKey: Buffer.from(hkdfSync('sha256', settings.auditTermsKey, '', 'reported problems', 32)),
      matcher,
      waitingKeptMs: settings.waitingKeptMs,
      stewardsKey: Buffer.from(hkdfSync('sha256', settings.auditTermsKey, '', 'opinions of stewards', 32)),
      termsKey: Buffer.from(hkdfSync('sha256', settings.sessionSecret, '', 'kept searches', 32)),
      production: settings.production,
      logger,
      metrics,
    }),
    new FastifyAdapter({ bodyLimit: BODY_LIMIT, genReqId: () => randomUUID(), trustProxy: settings.trustedProxies }),
    { logger: nestLogger(logger) },
  );
  // A file is never held here: its reader passes it on as it comes, and ingest says how large it may be.
  await app.register(fastifyMultipart, { limits: { fields: 20, fieldSize: 1_000, files: 1, fileSize: Infinity } });
  await protect(app, settings.sessionSecret, authority.linksFrom);
  await slowDown(app, settings.requestsPerMinute);
  await serveAssets(app);
  documentQuestions(app);
  await app.listen(settings.httpPort, settings.httpHost);
  const url = await app.getUrl();
  ownUrl ||= url;
  return {
    url,
    async stop() {
      await app.close();
      await Promise.all([
        reads.end(),
        operations.end(),
        opinions.end(),
        sessions.end(),
        audit.close(),
        auditReader.close(),
        revocations.close(),
        matcher.close(),
      ]);
    },
  };
}

const KEPT_BESIDE =
  'the spool is drained, but for what was kept beside: looks may be missing from the audit, so delete none of those files (deploy/README.md, "Something of the spool was kept beside")';

function sayAuditEvent(logger: Logger, event: AuditLogEvent): void {
  if (event.kind === 'database-away') logger.error({ err: event.error }, 'the audit database takes no records: they go to the spool');
  else if (event.kind === 'database-back') logger.info('the audit database takes records again');
  else {
    const { kind: _, ...counts } = event;
    const lost = counts.torn + counts.damaged + counts.refused;
    logger[lost > 0 ? 'error' : 'info'](counts, lost > 0 ? KEPT_BESIDE : 'the spool is drained');
  }
}
