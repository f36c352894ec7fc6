import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, Metrics, nestLogger, type Running } from '#lib/runtime';
import { FoldingLogs } from './folding-logs.js';
import { Measures } from './measures.js';
import { ProjectorModule } from './projector.module.js';
import { readProjectorSettings } from './settings.js';

/** Starts folding both logs into the live generation. It starts without Kafka, registry and databases too, and waits for them. */
export async function startProjector(env: Record<string, string | undefined>): Promise<Running> {
  const settings = readProjectorSettings(env);
  const logger = createLogger('projector', settings.logLevel);
  const metrics = new Metrics('projector');
  const folding = new FoldingLogs(settings, new Measures(metrics), logger);
  const app = await NestFactory.create<NestFastifyApplication>(
    ProjectorModule.on({ metrics, checks: [{ name: 'folding the logs', look: () => folding.look() }], logger }),
    new FastifyAdapter(),
    { logger: nestLogger(logger) },
  );
  folding.start();
  await app.listen(settings.httpPort, settings.httpHost);
  return {
    url: await app.getUrl(),
    async stop() {
      await folding.stop();
      await app.close();
    },
  };
}
