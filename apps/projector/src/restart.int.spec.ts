import { SourceEvent } from '#lib/events';
import { connectKafka, ensureTopics } from '#lib/kafka';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { startProjector } from './start.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let running: Running | undefined;
beforeEach(async () => {
  env = await appEnv({ PROJECTOR_BATCH: '50', LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await log.close();
  await pool.end();
});

const involvements = (from: number, to: number): SourceEvent[] =>
  Array.from({ length: to - from }, (_, index) =>
    SourceEvent.parse({
      type: 'InvolvementOpened',
      source: 'mosaic',
      recordId: `3${(from + index) % 20}`,
      sourceVersion: { epoch: 0, position: from + index },
      occurredAt: '2026-05-01T09:00:00Z',
      involvementId: `I-${from + index}`,
      service: 'childrens-social-care',
    }),
  );

const number = async (sql: string): Promise<number> => ((await pool.query({ text: sql, rowMode: 'array' })).rows as [number][])[0]![0];
const applied = () => number('SELECT COALESCE(sum(events), 0)::int FROM read_1.source_progress');
const involvementsHeld = (like = '%') => number(`SELECT count(*)::int FROM read_1.involvement WHERE involvement_id LIKE '${like}'`);
const haltedBy = async (code: string) =>
  (await (await fetch(`${running!.url}/metrics`)).text()).includes(`projector_halted{code="${code}",app="projector"} 1`);

async function recreateLog(): Promise<void> {
  const topic = `${env.TOPIC_PREFIX}involvement-log`;
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'test' });
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await eventually('the topic being gone', async () => !(await admin.listTopics()).includes(topic));
  await admin.disconnect();
  await ensureTopics(kafka, [{ name: topic, partitions: 4, config: {} }]);
  await log.close();
  log = await SealedLog.open(env);
}

describe('Stopping and starting again', () => {
  it('applies every event once, wherever it was stopped', async () => {
    await log.publish(involvements(0, 1_500));
    for (const until of [1, 400, 900]) {
      running = await startProjector(env);
      await eventually(`${until} events`, async () => (await applied()) >= until);
      const stopping = Date.now();
      await running.stop();
      expect(Date.now() - stopping).toBeLessThan(10_000);
    }
    await log.publish(involvements(1_500, 1_600));
    running = await startProjector(env);
    await eventually('all events', async () => (await involvementsHeld()) === 1_600);
    expect(await applied()).toBe(1_600);
  });

  it('folds everything once between two projectors of one group, while one of them goes', async () => {
    running = await startProjector(env);
    const other = await startProjector(env);
    await eventually(
      'both being ready',
      async () => (await fetch(`${other.url}/health/ready`)).ok && (await fetch(`${running!.url}/health/ready`)).ok,
    );
    await log.publish(involvements(0, 600));
    await eventually('some events', async () => (await applied()) > 0);
    await other.stop();
    await log.publish(involvements(600, 1_000));
    await eventually('all events', async () => (await applied()) >= 1_000, { within: 20_000 });
    expect(await involvementsHeld()).toBe(1_000);
    expect(await applied()).toBe(1_000);
  });

  it('stops at once when Kafka can’t be reached', async () => {
    running = await startProjector({ ...env, KAFKA_BROKERS: '127.0.0.1:1' });
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(503);
    const stopping = Date.now();
    await running.stop();
    expect(Date.now() - stopping).toBeLessThan(10_000);
    running = undefined;
  });
});

describe('A log that is not the one read before', () => {
  it('halts the projector when it is shorter, and nothing is skipped', async () => {
    await log.publish(involvements(0, 200));
    running = await startProjector(env);
    await eventually('all events', async () => (await applied()) === 200);
    await running.stop();
    await recreateLog();
    await log.publish(involvements(500, 510));
    running = await startProjector(env);
    await eventually('the alarm', () => haltedBy('log-shorter'));
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(503);
    expect(await applied()).toBe(200);
  });

  it('halts the projector when other events stand in their place, and nothing is skipped', async () => {
    await log.publish(involvements(0, 100));
    running = await startProjector(env);
    await eventually('all events', async () => (await applied()) === 100);
    await running.stop();
    await recreateLog();
    await log.publish(involvements(500, 900));
    running = await startProjector(env);
    await eventually('the alarm', () => haltedBy('log-replaced'));
    expect(await applied()).toBe(100);
    expect(await involvementsHeld('I-899')).toBe(0);
  });

  it('halts a projector that is reading when it is replaced', async () => {
    await log.publish(involvements(0, 100));
    running = await startProjector(env);
    await eventually('all events', async () => (await applied()) === 100);
    await recreateLog();
    await log.publish(involvements(500, 900));
    await eventually('the alarm', async () => (await haltedBy('log-replaced')) || (await haltedBy('log-shorter')), { within: 25_000 });
    expect(await applied()).toBe(100);
  });
});
