import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { refusalOf, type SealedTurn, SealRefusedError } from '#lib/audit';
import { createLogger, HealthModule, type HealthOptions, Metrics, nestLogger, type Running } from '#lib/runtime';
import { listenSettings, sealSettings, watchSettings } from './audit-settings.js';
import { SealingLoop } from './keep-sealing.js';
import { openSealer } from './open-sealer.js';
import { SealMeasures } from './seal-measures.js';
import { startWatching } from './start-watching.js';

/** How long a failure may last before the process counts as not ready. */
const PATIENCE_MS = 90_000;

@Module({})
class SealModule {
  static on(health: HealthOptions): DynamicModule {
    return { module: SealModule, imports: [HealthModule.register(health)] };
  }
}

/** Seals, and watches what is sealed, for as long as the process lives, and answers /health and /metrics meanwhile. A second one stands by until the first is gone. */
export async function startSealing(env: Record<string, string | undefined>, o: { everyMs: number }): Promise<Running> {
  const settings = sealSettings(env);
  const { httpHost, httpPort, logLevel } = listenSettings(env);
  const logger = createLogger('seal', logLevel);
  const metrics = new Metrics('seal');
  const measures = new SealMeasures(metrics);
  const watching = startWatching({ ...settings, ...watchSettings(env) }, { metrics, logger });
  const state = { heardAt: Date.now(), standsBy: false, failure: undefined as unknown };
  const loop = new SealingLoop({
    open: () => openSealer(settings),
    everyMs: o.everyMs,
    onTurn(turn: SealedTurn) {
      if (state.failure !== undefined || state.standsBy) logger.info({ size: turn.size }, 'sealing again');
      Object.assign(state, { heardAt: Date.now(), standsBy: false, failure: undefined });
      measures.sealed(turn);
    },
    onStandBy() {
      if (!state.standsBy) logger.info('another sealer is at work: standing by');
      Object.assign(state, { heardAt: Date.now(), standsBy: true, failure: undefined });
      measures.standsBy();
    },
    onFailure(error: unknown) {
      if (state.failure === undefined) logger.error({ err: error }, 'nothing is sealed');
      Object.assign(state, { standsBy: false, failure: error });
      measures.failed(error);
      if (error instanceof SealRefusedError) watching.loop.found(refusalOf(error, Date.now()));
    },
  });
  const look = async () => {
    if (state.failure instanceof SealRefusedError || (state.failure !== undefined && Date.now() - state.heardAt > PATIENCE_MS))
      throw state.failure;
  };
  const checks = [{ name: 'sealing', look, note: () => (state.standsBy ? 'another sealer is at work' : undefined) }];
  const app = await NestFactory.create<NestFastifyApplication>(SealModule.on({ metrics, checks, logger }), new FastifyAdapter(), {
    logger: nestLogger(logger),
  });
  logger.info({ key: settings.key.public.text }, 'the public key that checkpoints are verified with');
  loop.start();
  watching.loop.start();
  await app.listen(httpPort, httpHost);
  return {
    url: await app.getUrl(),
    async stop() {
      await loop.stop();
      await watching.stop();
      await app.close();
    },
  };
}
