import { SourceEvent } from '#lib/events';
import { askForGeneration, generationNumbered, openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { startFolding, startUpkeep } from '../../../test/support/projectors.js';
import { SealedLog } from '../../../test/support/sealed-log.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let folding: Running;
let upkeep: Running;
const others: Running[] = [];
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  [folding, upkeep] = await Promise.all([startFolding(env), startUpkeep(env)]);
});
afterAll(async () => {
  await Promise.all([folding, upkeep, ...others].map((app) => app?.stop()));
  await log.close();
  await pool.end();
});

const open = (from: number, to: number) =>
  log.publish(
    Array.from({ length: to - from }, (_, index) =>
      SourceEvent.parse({
        type: 'InvolvementOpened',
        source: 'mosaic',
        recordId: String(from + index),
        sourceVersion: { epoch: 0, position: 1 },
        occurredAt: '2026-05-01T09:00:00Z',
        involvementId: `involvement ${from + index}`,
        service: 'police',
      }),
    ),
  );
const metrics = async ({ url }: Running) => (await fetch(`${url}/metrics`)).text();
const applied = (text: string) => Number(/projector_events_applied_total\{source="mosaic",app="projector"\} (\d+)/.exec(text)?.[1] ?? 0);
const held = async (schema: string) => (await pool.query(`SELECT FROM ${schema}.involvement`)).rowCount;
const places = (text: string, gauge: string, schema: string) =>
  [...text.matchAll(new RegExp(`${gauge}\\{schema="${schema}",topic="([^"]+)",partition="(\\d)"`, 'g'))]
    .map(([, topic, partition]) => `${topic}/${partition}`)
    .sort();

describe('What a projector tells of itself', () => {
  it('is of what readers see: a generation that is built, or kept beside it, counts nothing twice and makes nothing look late', async () => {
    await open(0, 40);
    await eventually('all being folded', async () => applied(await metrics(folding)) === 40);
    const id = await askForGeneration(pool);
    await eventually('the generation being ready', async () => (await generationNumbered(pool, id)).state === 'ready', { within: 25_000 });
    expect(await metrics(upkeep)).not.toMatch(/projector_events_applied_total\{|projector_freshness_seconds_count\{/);
    await eventually('the build’s partitions being forgotten', async () => !/projector_\w+_behind\{/.test(await metrics(upkeep)));
    await open(40, 80);
    await eventually('both generations having them', async () => (await held('read_1')) === 80 && (await held('read_2')) === 80);
    const told = await eventually('all being counted', async () => [await metrics(folding)].find((text) => applied(text) >= 80));
    expect(applied(told)).toBe(80);
    expect(told).toMatch(/projector_freshness_seconds_count\{[^}]*source="mosaic"[^}]*\} 80/);
  });

  it('is of the partitions that it reads: what another took over is told by that one alone', async () => {
    const before = places(await metrics(folding), 'projector_events_behind', 'read_1');
    expect(before.length).toBeGreaterThan(1);
    others.push(await startFolding(env));
    for (const gauge of ['projector_events_behind', 'projector_seconds_behind'])
      await eventually(
        'fewer partitions being told of',
        async () => places(await metrics(folding), gauge, 'read_1').length < before.length,
      );
  });
});
