import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthModule, type ReadinessCheck } from './health.module.js';
import { Metrics } from './metrics.js';

async function appWith(checks: ReadinessCheck[]): Promise<NestFastifyApplication> {
  @Module({ imports: [HealthModule.register({ metrics: new Metrics('trial'), checks })] })
  class TrialModule {}
  const app = await NestFactory.create<NestFastifyApplication>(TrialModule, new FastifyAdapter(), { logger: false });
  await app.init();
  return app;
}

describe('The health of an app', () => {
  it('is ready while everything it needs answers', async () => {
    const app = await appWith([{ name: 'database', look: async () => undefined }]);
    const answer = await app.inject({ url: '/health/ready' });
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ready', checks: [{ name: 'database', ok: true }] }]);
    await app.close();
  });

  it('is not ready, but alive, when the database is down, and says no more than that', async () => {
    const look = async () => {
      throw new Error('password authentication failed for user "thomas"');
    };
    const app = await appWith([{ name: 'database', look }]);
    const answer = await app.inject({ url: '/health/ready' });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).not.toContain('thomas');
    expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200);
    await app.close();
  });

  it('shows its metrics, each with the name of the app', async () => {
    const app = await appWith([]);
    const answer = await app.inject({ url: '/metrics' });
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.body).toMatch(/process_cpu_seconds_total\{app="trial"\}/);
    await app.close();
  });
});
