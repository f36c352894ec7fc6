import { randomUUID } from 'node:crypto';
import { allGenerations, openReadModel, type ReadModelPool } from '#lib/read-model';
import { createLogger } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { type OpenLogs, openLogs } from '../open-logs.js';
import { readProjectorSettings } from '../settings.js';
import { discard } from './discard.js';
import { redrive } from './redrive.js';
import type { RequestWork } from './request-work.js';

const HELD = 3_000;

let env: Record<string, string>;
let pool: ReadModelPool;
let logs: OpenLogs;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  pool = openReadModel(env.READ_MODEL_URL!, { forWriting: true, max: 20 });
  logs = await openLogs(readProjectorSettings(env), createLogger('projector', 'silent'));
});
beforeEach(async () => {
  await pool.query('TRUNCATE read_1.parked, read_1.tally, control.discarded');
  await pool.query(
    `INSERT INTO read_1.parked (topic, partition, log_offset, source, code, expected, actual, bytes, published_at, parked_at, attempts)
     SELECT $1, at % 4, at, 'mosaic', 'undecodable', 'Avro', 'noise', '\\x00', 0, 0, 1 FROM generate_series(1, $2) AS at`,
    [logs.topics.involvementLog, HELD],
  );
  await pool.query(
    `INSERT INTO read_1.tally (topic, partition, source, day, received, applied, superseded, erased, parked, discarded)
     SELECT topic, partition, source, '1970-01-01', count(*), 0, 0, 0, count(*), 0 FROM read_1.parked GROUP BY 1, 2, 3`,
  );
});
afterAll(async () => {
  await logs?.close();
  await pool?.end();
});

/** What a process has of its own. */
async function work(signal = new AbortController().signal): Promise<RequestWork> {
  return {
    request: { id: randomUUID(), arguments: {} },
    logs,
    settings: readProjectorSettings(env),
    logger: createLogger('projector', 'silent'),
    control: pool,
    writing: pool,
    long: pool,
    signal,
    generations: await allGenerations(pool),
    progress: async () => undefined,
    waitsFor: async () => undefined,
  };
}

const tallied = async () =>
  (
    await pool.query(
      'SELECT sum(received)::int AS received, sum(parked)::int AS parked, sum(discarded)::int AS discarded FROM read_1.tally',
    )
  ).rows[0] as { received: number; parked: number; discarded: number };
const held = async () => ((await pool.query('SELECT count(*)::int AS held FROM read_1.parked')).rows[0] as { held: number }).held;

describe('Two processes at the same parked events', () => {
  it('count each event once that both let go of', async () => {
    const outcomes = await Promise.all([discard(await work()), discard(await work())]);
    expect(outcomes.reduce((sum, { discarded }) => sum + Number(discarded), 0)).toBe(HELD);
    expect(await tallied()).toEqual({ received: HELD, parked: 0, discarded: HELD });
  });

  it('count each event once where one folds again what the other lets go of', async () => {
    const [again, gone] = await Promise.all([redrive(await work()), discard(await work())]);
    expect(gone).toEqual({ discarded: HELD });
    // Those that it came to first were still parked when it left them.
    expect(again).toMatchObject({ released: 0 });
    expect([await held(), await tallied()]).toEqual([0, { received: HELD, parked: 0, discarded: HELD }]);
  });

  it('count each event once that both fold again', async () => {
    const outcomes = await Promise.all([redrive(await work()), redrive(await work())]);
    for (const outcome of outcomes) expect(outcome).toEqual({ released: 0, refused: HELD, stillParked: HELD });
    expect([await held(), await tallied()]).toEqual([HELD, { received: HELD, parked: HELD, discarded: 0 }]);
  });
});
