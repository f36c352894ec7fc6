import { askForGeneration, dropGeneration, generationNumbered, steerBuild, switchGeneration } from '#lib/read-model';
import { eventually } from '../support/eventually.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import type { Drill } from './harness/drill.js';
import { compareAndSwitch, schemaIsThere, until, untilReady } from './harness/generations.js';
import type { Scene } from './harness/scene.js';
import { indexesOf, whileItWaits } from './harness/while-it-waits.js';

/** Two processes for upkeep and several operators at once: one generation is built, by one of them, and nobody gets at it meanwhile. */
export const twoRebuilds: Drill = {
  name: 'two-rebuilds',
  what: 'two builders and several askers at once; a switch, a drop, a kill and a cancel in the middle',
  async run(scene) {
    const load = scene.startLoad({ perSecond: scene.short ? 40 : 100 });
    const [, ...builders] = await Promise.all([scene.projector(), upkeep(scene), upkeep(scene)]);
    await load.burst(scene.short ? 800 : 3_000);
    await scene.untilCaughtUp();
    const id = await oneOf(askedAtOnce(scene, { throttle: 200 }), 'build-under-way');
    await until(scene, id, 'got on', ({ eventsDone }) => eventsDone > 0);
    await refused('wrong-generation', switchGeneration(scene.pool, { to: id, approved: 'drill' }));
    await refused('wrong-generation', dropGeneration(scene.pool, id));
    if (!(await schemaIsThere(scene, id))) throw new Error('nothing is left of a generation that is being built');
    await takenOver(builders, id);
    await steerBuild(scene.pool, { throttle: null });
    await untilReady(scene, id);
    await compareAndSwitch(scene, id);
    await oneOf(
      [1, 1, 1].map((to) => switchGeneration(scene.pool, { to }).then(() => to)),
      'wrong-generation',
    );
    await upkeep(scene);
    for (const cancelled of scene.short ? [inBulk, asItGetsReady] : [atOnce, inBulk, atItsIndexes, asItCatchesUp, asItGetsReady])
      await leavesNothing(scene, cancelled);
  },
};

const upkeep = (scene: Scene) => scene.upkeep({ LOG_LEVEL: 'info', PROJECTOR_BATCH: '100' });

const askedAtOnce = (scene: Scene, o: { throttle: number }) => [1, 2, 3, 4].map(() => askForGeneration(scene.pool, o));

/** @returns what the one came to that was not refused @throws Error where that was none, or several */
async function oneOf(asked: Promise<number>[], code: string): Promise<number> {
  const answers = await Promise.allSettled(asked);
  const done = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const otherwise = answers.flatMap((answer) =>
    answer.status === 'rejected' && (answer.reason as { code?: unknown }).code !== code ? [String(answer.reason)] : [],
  );
  if (done.length !== 1 || otherwise.length > 0) throw new Error(`${done.length} were done at once; ${otherwise.join(', ')}`);
  return done[0]!;
}

async function refused(code: string, act: Promise<unknown>): Promise<void> {
  const why = await act.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code ?? (error instanceof Error ? error.message : 'something thrown'),
  );
  if (why !== code) throw new Error(`expected a refusal by ${code}, it was ${why}`);
}

/** The one that builds is killed, and the other goes on. */
async function takenOver(builders: readonly SpawnedApp[], id: number): Promise<void> {
  const busy = () => builders.filter((one) => !one.hasEnded && isBuilding(one, id));
  const [first] = busy();
  if (busy().length !== 1) throw new Error(`${busy().length} processes are building generation ${id}`);
  await first!.kill();
  await eventually('another went on building', async () => busy().length === 1, { within: 20_000 });
}

/** By what it says: the last of its lines about this generation. */
function isBuilding({ output }: SpawnedApp, id: number): boolean {
  const lines = output.split('\n').filter((line) => line.includes(`"generation":${id}`) && /"building (a generation|ended)"/.test(line));
  return lines.at(-1)?.includes('building a generation') ?? false;
}

/** @param cancels waits until the build is at something, and cancels it there */
async function leavesNothing(scene: Scene, cancels: (scene: Scene, id: number) => Promise<unknown>): Promise<void> {
  const id = await askForGeneration(scene.pool, { throttle: 300 });
  await cancels(scene, id);
  await until(scene, id, `was dropped (${cancels.name})`, ({ state }) => state === 'dropped');
  if (await schemaIsThere(scene, id)) throw new Error(`something is left of generation ${id}, which was cancelled ${cancels.name}`);
}

const cancel = (scene: Scene) => steerBuild(scene.pool, { wanted: 'cancel' });

const atOnce = (scene: Scene) => cancel(scene);

async function inBulk(scene: Scene, id: number): Promise<void> {
  await until(scene, id, 'got on', ({ eventsDone }) => eventsDone > 0);
  await cancel(scene);
}

async function atItsIndexes(scene: Scene, id: number): Promise<void> {
  await steerBuild(scene.pool, { throttle: null });
  await until(scene, id, 'had begun', ({ stage }) => stage !== 'waiting');
  await whileItWaits(scene, { lock: indexesOf(id), statement: 'CREATE INDEX' }, () => cancel(scene));
}

async function asItCatchesUp(scene: Scene, id: number): Promise<void> {
  await steerBuild(scene.pool, { throttle: null });
  await until(scene, id, 'had begun', ({ stage }) => stage !== 'waiting');
  await whileItWaits(scene, { lock: indexesOf(id), statement: 'CREATE INDEX' }, async () => {
    await steerBuild(scene.pool, { throttle: 50 });
    await scene.anotherLoad().burst(1_500);
  });
  await until(scene, id, 'caught up', ({ stage }) => stage === 'catching-up');
  await cancel(scene);
}

/** It is built whole, and cancelled at the very moment it says so. */
async function asItGetsReady(scene: Scene, id: number): Promise<void> {
  await steerBuild(scene.pool, { throttle: null });
  await whileItWaits(scene, { statement: `UPDATE control.generation SET state = 'ready'`, commit: true }, (holder) =>
    holder.query(`UPDATE control.generation SET wanted = 'cancel' WHERE id = $1`, [id]),
  );
  if ((await generationNumbered(scene.pool, id)).state === 'ready') throw new Error('a build that was cancelled says that it is ready');
}
