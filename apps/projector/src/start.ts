import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, Metrics, nestLogger, type Running } from '#lib/runtime';
import { FoldingGenerations } from './folding-generations.js';
import { Measures } from './measures.js';
import { Upkeep } from './upkeep/upkeep.js';
import { ProjectorModule } from './projector.module.js';
import { readProjectorSettings } from './settings.js';
import { WatchMeasures } from './watch/watch-measures.js';

/** Starts folding both logs, or the upkeep beside it. It starts without Kafka, registry and databases too, and waits for them. */
export async function startProjector(env: Record<string, string | undefined>): Promise<Running> {
  const settings = readProjectorSettings(env);
  const logger = createLogger('projector', settings.logLevel);
  const metrics = new Metrics('projector');
  const measures = new Measures(metrics);
  const [name, task] =
    settings.task === 'fold'
      ? (['folding the logs', new FoldingGenerations(settings, measures, logger)] as const)
      : (['upkeep', new Upkeep(settings, measures, new WatchMeasures(metrics), logger)] as const);
  const app = await NestFactory.create<NestFastifyApplication>(
    ProjectorModule.on({ metrics, checks: [{ name, look: () => task.look() }], logger }),
    new FastifyAdapter(),
    { logger: nestLogger(logger) },
  );
  task.start();
  await app.listen(settings.httpPort, settings.httpHost);
  return {
    url: await app.getUrl(),
    async stop() {
      await task.stop();
      await app.close();
    },
  };
}
