import { setTimeout as pause } from 'node:timers/promises';
import { askForGeneration, steerBuild } from '#lib/read-model';
import { eventually } from '../support/eventually.js';
import type { Drill } from './harness/drill.js';
import { compareAndSwitch, schemaIsThere, until, untilReady } from './harness/generations.js';
import { OneLive } from './harness/one-live.js';
import type { Scene } from './harness/scene.js';
import { indexesOf, whileItWaits } from './harness/while-it-waits.js';

/** What is promised of the live generation while another is built beside it. */
const FRESH_WITHIN_MS = 60_000;

/** A builder is killed in every stage of its work, and the next goes on; readers notice nothing, and what comes of it is the fold of the log. */
export const rebuildKilled: Drill = {
  name: 'rebuild-killed',
  what: 'kill -9 of a rebuild as it begins, in bulk, at its indexes, as it catches up and as it gets ready, then a switch',
  async run(scene) {
    const load = scene.startLoad({ perSecond: scene.short ? 60 : 200 });
    await scene.projector();
    await load.burst(scene.short ? 1_000 : 15_000);
    await scene.untilCaughtUp();
    scene.freshFromHere();
    const id = await askForGeneration(scene.pool, { throttle: scene.short ? 400 : 1_500 });
    const live = new OneLive(scene.pool);
    const stages = scene.short ? [inBulk, atItsIndexes] : [asItBegins, inBulk, inBulk, inBulk, atItsIndexes, asItCatchesUp, asItGetsReady];
    for (const stage of stages) await stage(scene, id);
    await steerBuild(scene.pool, { throttle: null }).catch(() => undefined);
    const last = await scene.upkeep();
    await untilReady(scene, id);
    if (!scene.short) {
      await last.kill();
      await scene.upkeep();
    }
    await sameIndexes(scene, id);
    await compareAndSwitch(scene, id);
    await scene.untilApplied(50);
    await live.stop();
    scene.notes.push(
      `worst freshness while it was built: ${(scene.worstFreshness / 1000).toFixed(1)} s; live was ${live.seen.join(', then ')}`,
    );
    if (scene.worstFreshness > FRESH_WITHIN_MS) throw new Error('the live generation fell behind while another was built');
  },
};

/** Its tables are made and its beginning is noted, only that nothing of it is committed. */
async function asItBegins(scene: Scene, id: number): Promise<void> {
  const builder = await scene.upkeep({}, { awaited: false });
  await whileItWaits(scene, { statement: `UPDATE control.generation SET stage = 'bulk'` }, () => builder.kill());
  await eventually('nothing of it was left', async () => !(await schemaIsThere(scene, id)));
}

async function inBulk(scene: Scene, id: number): Promise<void> {
  const builder = await scene.upkeep({ PROJECTOR_BATCH: '100' }, { awaited: false });
  const { eventsDone } = await until(scene, id, 'had begun', ({ stage }) => stage !== 'waiting');
  await until(scene, id, 'got on', (generation) => generation.eventsDone > eventsDone);
  await pause(scene.chance.int(0, scene.short ? 500 : 2_000));
  await builder.kill();
}

/** An index is being made, and PostgreSQL goes on making it when its client is dead. */
async function atItsIndexes(scene: Scene, id: number): Promise<void> {
  await steerBuild(scene.pool, { throttle: null });
  const builder = await scene.upkeep({}, { awaited: false });
  await whileItWaits(scene, { lock: indexesOf(id), statement: 'CREATE INDEX' }, () => builder.kill());
}

async function asItCatchesUp(scene: Scene, id: number): Promise<void> {
  await steerBuild(scene.pool, { throttle: 100 });
  const load = scene.anotherLoad();
  await load.burst(2_000);
  const builder = await scene.upkeep({}, { awaited: false });
  await until(scene, id, 'caught up', ({ stage }) => stage === 'catching-up');
  await pause(scene.chance.int(0, 3_000));
  await builder.kill();
  await until(scene, id, 'was not ready yet', ({ state }) => state === 'building');
  await steerBuild(scene.pool, { throttle: null });
}

async function asItGetsReady(scene: Scene): Promise<void> {
  const builder = await scene.upkeep({}, { awaited: false });
  await whileItWaits(scene, { statement: `UPDATE control.generation SET state = 'ready'` }, () => builder.kill());
}

/** A generation without its indexes answers rightly and far too late. */
async function sameIndexes(scene: Scene, id: number): Promise<void> {
  const { rows } = await scene.pool.query<{ schemaname: string; names: string }>(
    `SELECT schemaname, string_agg(indexname, ' ' ORDER BY indexname) AS names FROM pg_indexes
     WHERE schemaname IN ('read_1', $1) GROUP BY schemaname`,
    [`read_${id}`],
  );
  const [one, other] = rows;
  if (rows.length !== 2 || one!.names !== other!.names) throw new Error(`the indexes of generation ${id} are not those of the live one`);
}
