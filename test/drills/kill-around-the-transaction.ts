import type { PoolClient } from 'pg';
import { liveGeneration } from '#lib/read-model';
import { eventually } from '../support/eventually.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import type { Drill } from './harness/drill.js';
import type { Scene } from './harness/scene.js';
import type { SteadyLoad } from './harness/steady-load.js';

const EVENTS = 100;
const ANSWERS_TAKE_MS = 1_000;

/** The projector is killed at moments that are made certain: before, inside and after the transaction. */
export const killAroundTheTransaction: Drill = {
  name: 'kill-around-the-transaction',
  what: 'kill -9 of the projector before, inside and after its transaction',
  async run(scene) {
    const load = scene.startLoad({ perSecond: 0 });
    const moments = scene.short ? [inside, after] : [before, inside, insideWhileItsSessionLives, after, inside];
    for (const moment of moments) await moment(scene, load);
    await scene.projector();
  },
};

/** Its first statement never reaches the database. */
async function before(scene: Scene, load: SteadyLoad): Promise<void> {
  const { proxy, toReadModel } = await scene.wayToDatabase();
  const projector = await warm(scene, load, toReadModel);
  proxy.hold('asked');
  await load.burst(EVENTS);
  await eventually('a transaction was held up', async () => proxy.waiting.asked > 0);
  await projector.kill();
  proxy.cut();
}

/** Its checkpoint is set, its rows wait for a lock, and its session ends with it. */
async function inside(scene: Scene, load: SteadyLoad): Promise<void> {
  const projector = await warm(scene, load);
  await whileRowsWait(scene, load, async (lock) => {
    await projector.kill();
    await lock.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${WAITING}`);
  });
}

/** The same, only that the database has heard everything and commits after its client's death. */
async function insideWhileItsSessionLives(scene: Scene, load: SteadyLoad): Promise<void> {
  const projector = await warm(scene, load);
  await whileRowsWait(scene, load, () => projector.kill());
}

/** It is committed, and its answer is still on its way. */
async function after(scene: Scene, load: SteadyLoad): Promise<void> {
  const { proxy, toReadModel } = await scene.wayToDatabase();
  const projector = await warm(scene, load, toReadModel);
  const from = await scene.applied();
  // Slower than a look: COMMIT is only sent once the rows' answers are there, so they can't be held up for good.
  await whileRowsWait(scene, load, async () => proxy.delay(ANSWERS_TAKE_MS));
  await eventually('the transaction was committed', async () => (await scene.applied()) > from);
  await projector.kill();
  proxy.cut();
}

async function warm(scene: Scene, load: SteadyLoad, through: Record<string, string> = {}): Promise<SpawnedApp> {
  const projector = await scene.projector(through);
  await load.burst(EVENTS);
  await scene.untilCaughtUp();
  return projector;
}

const WAITING = `datname = current_database() AND wait_event_type = 'Lock'`;

async function whileRowsWait(scene: Scene, load: SteadyLoad, act: (lock: PoolClient) => Promise<unknown>): Promise<void> {
  const lock = await scene.pool.connect();
  try {
    const { schema } = await liveGeneration(lock);
    await lock.query('BEGIN');
    await lock.query(`LOCK TABLE ${schema}.record, ${schema}.involvement, ${schema}.relationship IN ACCESS EXCLUSIVE MODE`);
    await load.burst(EVENTS);
    await eventually('rows waited for the lock', async () => {
      const { rows } = await lock.query(`SELECT 1 FROM pg_stat_activity WHERE ${WAITING}`);
      return rows.length > 0;
    });
    await act(lock);
  } finally {
    await lock.query('ROLLBACK');
    lock.release();
  }
}
