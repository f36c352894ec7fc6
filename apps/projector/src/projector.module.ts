import { type DynamicModule, Module } from '@nestjs/common';
import { HealthModule, type HealthOptions } from '#lib/runtime';

/** The projector answers nothing but questions about its health. */
@Module({})
export class ProjectorModule {
  static on(health: HealthOptions): DynamicModule {
    return { module: ProjectorModule, imports: [HealthModule.register(health)] };
  }
}
