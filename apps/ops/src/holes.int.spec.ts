import { SourceEvent, topicsOf } from '#lib/events';
import { connectKafka } from '#lib/kafka';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { abortTransaction } from '../../../test/support/aborted-transaction.js';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { ops } from '../../../test/support/ops.js';
import { startFolding, startUpkeep } from '../../../test/support/projectors.js';
import { SealedLog } from '../../../test/support/sealed-log.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let running: Running[] = [];
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  running = await Promise.all([startFolding(env), startUpkeep(env)]);
  await open(0, 40);
  await abortInBoth();
});
afterAll(async () => {
  await Promise.all(running.map((app) => app.stop()));
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

async function abortInBoth(): Promise<void> {
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'test' });
  const { involvementLog, identityLog } = topicsOf(env.TOPIC_PREFIX);
  for (const topic of [involvementLog, identityLog]) for (const partition of [0, 1]) await abortTransaction(kafka, topic, partition, 2);
}

const lag = async () => (JSON.parse((await ops(env, 'freshness', '--json')).text) as { lag: { events: number } }).lag.events;
const caughtUp = () => eventually('nothing being behind', async () => (await lag()) === 0, { within: 20_000 });
const skipped = async (schema: string) =>
  (await pool.query<{ skipped: number }>(`SELECT coalesce(sum(skipped), 0)::int AS skipped FROM ${schema}.checkpoint`)).rows[0]!.skipped;
const metrics = async () => (await fetch(`${running[0]!.url}/metrics`)).text();

describe('Offsets of the logs that hold no message, where an aborted transaction ends them', () => {
  it('are not told as events that wait', async () => {
    await caughtUp();
    await eventually('every partition being at its end', async () => !/projector_events_behind\{.*\} [1-9]/.test(await metrics()));
    expect((await ops(env, 'balance')).text).toContain('✓ balances');
  });

  it('keep no rebuild from ending', async () => {
    const built = await ops(env, 'rebuild', '--reason', 'holes');
    expect(built.text).toContain('Generation 2 is ready');
    const compared = await ops(env, 'compare', '--reason', 'holes');
    expect(compared.code).toBe(0);
  });

  it('are known again by a projector that starts behind them', async () => {
    await running[0]!.stop();
    await pool.query('UPDATE read_1.checkpoint SET empty_after = NULL');
    expect(await lag()).toBe(6 * 2);
    running[0] = await startFolding(env);
    await caughtUp();
  });

  it('are not missed from what was received once events follow them', async () => {
    await open(40, 80);
    await caughtUp();
    await eventually('the second generation too', async () => (await skipped('read_2')) === 6);
    expect(await skipped('read_1')).toBe(6);
    const { code, text } = await ops(env, 'balance');
    expect(text).toMatch(/mosaic +80 +80 +0/);
    expect(text).toContain('✓ received agrees with the offsets of all 8 partitions\n✓ balances');
    expect(code).toBe(0);
  });
});
