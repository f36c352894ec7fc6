import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, type Logger, Metrics, nestLogger, type Running } from '#lib/runtime';
import { matcherMetrics } from './matcher-metrics.js';
import { MatcherModule } from './matcher.module.js';
import { openDeciding } from './open-deciding.js';
import { readMatcherSettings } from './settings.js';
import { StandBy } from './stand-by.js';

/** Starts the matcher. It answers at once, and decides as soon as it holds the lock and everything it needs is there. */
export async function startMatcher(env: Record<string, string | undefined>): Promise<Running> {
  const settings = readMatcherSettings(env);
  const logger: Logger = createLogger('matcher', settings.logLevel);
  const metrics = new Metrics('matcher');
  const measures = matcherMetrics(metrics);
  const standBy = new StandBy({
    url: settings.matcherUrl,
    start: () => openDeciding(settings, logger, measures),
    logger,
    metrics: measures,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    MatcherModule.on({ metrics, checks: [{ name: 'deciding', look: () => standBy.look() }], logger }),
    new FastifyAdapter(),
    { logger: nestLogger(logger) },
  );
  standBy.start();
  await app.listen(settings.httpPort, settings.httpHost);
  return {
    url: await app.getUrl(),
    async stop() {
      await standBy.stop();
      await app.close();
    },
  };
}
