import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { SourceEvent } from '#lib/events';
import { askRequest, cancelRequest, openReadModel, type ReadModelPool, requestOf } from '#lib/read-model';
import { createLogger } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { type OpenLogs, openLogs } from '../open-logs.js';
import { readProjectorSettings } from '../settings.js';
import { runNextRequest } from './run-requests.js';

/** More than are applied at once. */
const EVENTS = 3_000;

let env: Record<string, string>;
let pool: ReadModelPool;
let logs: OpenLogs;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  pool = openReadModel(env.READ_MODEL_URL!, { forWriting: true });
  logs = await openLogs(readProjectorSettings(env), createLogger('projector', 'silent'));
  const log = await SealedLog.open(env);
  const [at] = await log.publish(
    Array.from({ length: EVENTS }, (_, index) =>
      SourceEvent.parse({
        type: 'InvolvementOpened',
        source: 'mosaic',
        recordId: '1',
        sourceVersion: { epoch: 0, position: index },
        occurredAt: '2026-05-01T09:00:00Z',
        involvementId: `i-${index}`,
        service: 'childrens-social-care',
      }),
    ),
  );
  await log.close();
  await pool.query('INSERT INTO read_1.checkpoint (topic, partition, next_offset) VALUES ($1, $2, $3)', [
    logs.topics.involvementLog,
    at!.partition,
    EVENTS,
  ]);
});
beforeEach(() => pool.query('TRUNCATE read_1.involvement'));
afterAll(async () => {
  await logs?.close();
  await pool?.end();
});

const askReplay = () => askRequest(pool, { verb: 'replay', arguments: {}, askedBy: 'test', reason: 'test' });

/** Does the next request. @param meanwhile happens as the first events are about to be applied */
function doNext(meanwhile: (lock: PoolClient) => Promise<unknown>): Promise<boolean> {
  let lock: PoolClient;
  let once: Promise<unknown> | undefined;
  const keysFor: typeof logs.reader.keys.keysFor = async (subjects) => {
    // Long enough for it to be noticed.
    await (once ??= meanwhile(lock).then(() => pause(1_500)));
    return logs.reader.keys.keysFor(subjects);
  };
  return runNextRequest({
    logs: { ...logs, reader: { ...logs.reader, keys: { keysFor } } },
    settings: readProjectorSettings(env),
    logger: createLogger('projector', 'silent'),
    control: new Proxy(pool, {
      get: (of, name) =>
        name === 'connect' ? async () => (lock ??= await of.connect()) : (Reflect.get(of, name) as () => unknown).bind(of),
    }),
    writing: pool,
    long: pool,
    signal: new AbortController().signal,
  });
}
const applied = async () =>
  ((await pool.query('SELECT count(*)::int AS count FROM read_1.involvement')).rows[0] as { count: number }).count;

describe('A request under way', () => {
  it('ends when it is cancelled, and tells what was done, which stays done', async () => {
    const id = await askReplay();
    await doNext(() => cancelRequest(pool, id, { by: 'ola.berg', reason: 'the wrong source' }));
    const ended = await requestOf(pool, id);
    expect(ended).toMatchObject({ state: 'cancelled', cancelledBy: 'ola.berg', cancelReason: 'the wrong source', outcome: { refused: 0 } });
    expect(await applied()).toBe(ended!.outcome!.applied);
    expect(await applied()).toBeGreaterThan(0);
    expect(await applied()).toBeLessThan(EVENTS);
  });

  it('ends where the connection that holds it is lost, and is begun again', async () => {
    const id = await askReplay();
    const lost = doNext((lock) => pool.query('SELECT pg_terminate_backend($1)', [(lock as PoolClient & { processID: number }).processID]));
    await expect(lost).rejects.toThrow(/terminat|connection/i);
    expect(await applied()).toBeLessThan(EVENTS);
    expect(await requestOf(pool, id)).toMatchObject({ state: 'running', endedAt: null });
    expect(await doNext(async () => undefined)).toBe(true);
    expect(await requestOf(pool, id)).toMatchObject({ state: 'done', outcome: { applied: EVENTS } });
  });

  it('that nobody is at any more ends at once when it is cancelled', async () => {
    const id = await askReplay();
    await pool.query(`UPDATE control.request SET state = 'running', taken_at = now(), progress = '{"applied": 7}' WHERE id = $1`, [id]);
    await cancelRequest(pool, id, { by: 'ola.berg', reason: 'not needed' });
    expect(await requestOf(pool, id)).toMatchObject({ state: 'cancelled', outcome: { applied: 7 } });
    await expect(cancelRequest(pool, id, { by: 'ola.berg', reason: 'again' })).rejects.toMatchObject({ code: 'wrong-request' });
  });
});
