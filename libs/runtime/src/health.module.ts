import { Controller, type DynamicModule, Get, Header, Inject, Module, Res } from '@nestjs/common';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** Something an app can't work without. `look` throws when it is not there. */
export interface ReadinessCheck {
  name: string;
  look(): Promise<void>;
  /** What to say beside it although it passes: that it is not as it should be. A few words, as anyone may ask. */
  note?(): string | undefined;
}

export interface HealthOptions {
  metrics: Metrics;
  checks: ReadinessCheck[];
  logger?: Logger;
}

const HEALTH_OPTIONS = Symbol('health options');
const DEADLINE_MS = 3_000;

@Controller()
class HealthController {
  private readonly failing = new Set<string>();

  constructor(@Inject(HEALTH_OPTIONS) private readonly options: HealthOptions) {}

  @Get('health/live')
  live() {
    return { status: 'live' };
  }

  /** 200 when every check passes, else 503; the answer names the checks and says no more, as anyone may ask. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: { status(code: number): unknown }) {
    const results = await Promise.all(this.options.checks.map((check) => this.resultOf(check)));
    const ready = results.every((result) => result.ok);
    reply.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not ready', checks: results };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics() {
    return this.options.metrics.registry.metrics();
  }

  private async resultOf(check: ReadinessCheck): Promise<{ name: string; ok: boolean; note?: string }> {
    const ok = await this.passes(check);
    const note = check.note?.();
    return { name: check.name, ok, ...(note !== undefined && { note }) };
  }

  private async passes(check: ReadinessCheck): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${check.name} did not answer within ${DEADLINE_MS} ms`)), DEADLINE_MS);
    });
    try {
      await Promise.race([check.look(), deadline]);
      this.failing.delete(check.name);
      return true;
    } catch (error) {
      // Asked every second, it would fill the log with the same line.
      if (!this.failing.has(check.name)) this.options.logger?.warn({ check: check.name, err: error }, 'not ready');
      this.failing.add(check.name);
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** GET /health/live, /health/ready and /metrics for a Nest app: `imports: [HealthModule.register({ metrics, checks })]`. */
@Module({})
export class HealthModule {
  static register(options: HealthOptions): DynamicModule {
    return { module: HealthModule, controllers: [HealthController], providers: [{ provide: HEALTH_OPTIONS, useValue: options }] };
  }
}
