import { askForGeneration, generationNumbered, liveGeneration } from '#lib/read-model';
import { eventually } from '../support/eventually.js';
import { StoredPeople } from '../support/stored-people.js';
import type { Drill } from './harness/drill.js';
import { ask, done, untilReady } from './harness/generations.js';
import { OneLive } from './harness/one-live.js';
import { Readers } from './harness/readers.js';
import type { Scene } from './harness/scene.js';
import { whileItWaits } from './harness/while-it-waits.js';

/**
 * `ops switch` is killed before, inside and after its transaction while readers ask all the time: exactly one generation is live at every
 * instant, and every answer is of one generation and names it.
 */
export const switchKilled: Drill = {
  name: 'switch-killed',
  what: 'ops switch killed before, inside and after its transaction, while readers ask',
  async run(scene) {
    const load = scene.startLoad({ perSecond: scene.short ? 40 : 100 });
    const [query] = await Promise.all([scene.app('query'), scene.projector(), scene.upkeep()]);
    await load.burst(500);
    await scene.untilCaughtUp();
    const id = await askForGeneration(scene.pool);
    await untilReady(scene, id);
    await done(scene, await ask(scene, 'compare', { generation: id }));
    scene.lookAway();
    const people = [
      await StoredPeople.open(scene.env.READ_MODEL_URL!, 'read_1'),
      await StoredPeople.open(scene.env.READ_MODEL_URL!, `read_${id}`),
    ];
    const [live, readers] = [new OneLive(scene.pool), await Readers.start(query.url, people)];
    for (let round = 0; round < (scene.short ? 1 : 4); round += 1) {
      for (const moment of [beforeIt, insideIt, afterIt]) await moment(scene, (await liveGeneration(scene.pool)).id === 1 ? id : 1);
      await eventually('readers saw both', async () => readers.seen.size === 2);
    }
    await readers.stop();
    await live.stop();
    for (const each of people) await each.close();
    scene.notes.push(`${readers.answers} answers, each of one generation; live was ${live.seen.join(', then ')} in ${live.looks} looks`);
  },
};

const typed = (scene: Scene, to: number, overrides: Record<string, string> = {}) =>
  scene.ops(overrides, 'switch', '--to', String(to), '--reason', 'drill');

/** Somebody writes to the list of generations: it waits for its lock. */
async function beforeIt(scene: Scene, to: number): Promise<void> {
  const ops = typed(scene, to);
  const lock = 'LOCK TABLE control.generation IN ROW EXCLUSIVE MODE';
  await whileItWaits(scene, { lock, statement: 'LOCK TABLE control.generation' }, () => ops.kill());
  await stillNotLive(scene, to);
}

/** The one that was live is retired, and the other not live yet: only that nobody can see it. */
async function insideIt(scene: Scene, to: number): Promise<void> {
  const ops = typed(scene, to);
  await whileItWaits(scene, { statement: `UPDATE control.generation SET state = 'live'` }, () => ops.kill());
  await stillNotLive(scene, to);
}

/** It is committed, and whoever typed it never hears of it. */
async function afterIt(scene: Scene, to: number): Promise<void> {
  const { proxy, toReadModel } = await scene.wayToDatabase();
  const ops = typed(scene, to, toReadModel);
  proxy.delay(300);
  await eventually('it was live', async () => (await liveGeneration(scene.pool)).id === to, { within: 30_000 }).catch((error: unknown) => {
    throw new Error(`the switch said: ${ops.said}`, { cause: error });
  });
  await ops.kill();
  proxy.cut();
}

async function stillNotLive(scene: Scene, to: number): Promise<void> {
  await eventually('what the killed one held was let go', async () => {
    const { rows } = await scene.pool.query(
      `SELECT FROM pg_locks WHERE relation = 'control.generation'::regclass AND mode = 'ShareRowExclusiveLock'`,
    );
    return rows.length === 0;
  });
  const { state } = await generationNumbered(scene.pool, to);
  if (state === 'live') throw new Error(`generation ${to} is live although the switch was killed before its end`);
}
