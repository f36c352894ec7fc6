import { type DynamicModule, Module } from '@nestjs/common';
import { HealthModule, type HealthOptions } from '#lib/runtime';

/** What the matcher shows of itself over HTTP: its health and its metrics. The work is in `deciding.ts`. */
@Module({})
export class MatcherModule {
  static on(options: HealthOptions): DynamicModule {
    return { module: MatcherModule, imports: [HealthModule.register(options)] };
  }
}
