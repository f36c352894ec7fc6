import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { askForGeneration, type RequestVerb } from '#lib/read-model';
import { eventually } from '../support/eventually.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import type { Drill } from './harness/drill.js';
import { ask, done, untilReady } from './harness/generations.js';
import { HeldBack } from './harness/held-back.js';
import type { Scene } from './harness/scene.js';
import { whileItWaits } from './harness/while-it-waits.js';

const PATIENT = { PROJECTOR_MISSING_KEYS: '1000000' };

/** Thousands of parked events are folded again by a process that is killed again and again: each is applied once, and nothing stays. */
export const redriveKilled: Drill = {
  name: 'redrive-killed',
  what: 'keys lost and found; kill -9 of upkeep inside, after and anywhere in the redrive',
  async run(scene) {
    scene.startLoad({ perSecond: scene.short ? 50 : 150 });
    scene.redriven = true;
    await scene.projector(PATIENT);
    await scene.untilApplied(50);
    const held = await HeldBack.open(scene);
    const count = scene.short ? 600 : 6_000;
    await held.publish(count);
    await eventually('all of them were parked', async () => (await parked(scene, 1)) === count, { within: 60_000 });
    const generations = scene.short ? [1] : [1, await another(scene)];
    await held.restore();
    await killedIn(scene, 'redrive', count);
    for (const id of generations)
      if ((await parked(scene, id)) > 0) throw new Error(`${await parked(scene, id)} events are still parked in read_${id}`);
    scene.notes.push(`${count} parked events were redriven in ${generations.length} generation(s)`);
  },
};

/** The same with what nobody can read: it is let go of for good, in generations built later too. */
export const discardKilled: Drill = {
  name: 'discard-killed',
  what: 'kill -9 of upkeep inside, after and anywhere in a discard; then a rebuild',
  async run(scene) {
    scene.startLoad({ perSecond: scene.short ? 50 : 150 });
    await scene.projector();
    const count = scene.short ? 400 : 4_000;
    for (let left = count; left > 0; left -= 200)
      await scene.log.publishRaw(Array.from({ length: 200 }, () => ({ key: randomUUID(), value: randomBytes(40) })));
    await eventually('all of it was parked', async () => (await parked(scene, 1)) === count, { within: 60_000 });
    const upkeep = await killedIn(scene, 'discard', count);
    const id = await another(scene, upkeep);
    await scene.untilCaughtUp(60_000, `read_${id}`);
    for (const generation of [1, id])
      if ((await parked(scene, generation)) > 0) throw new Error(`something is still parked in read_${generation}`);
  },
};

const parked = async (scene: Scene, id: number): Promise<number> =>
  (await scene.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM read_${id}.parked`)).rows[0]!.count;

async function another(scene: Scene, upkeep?: SpawnedApp): Promise<number> {
  const id = await askForGeneration(scene.pool);
  const builder = upkeep ?? (await scene.upkeep(PATIENT));
  await untilReady(scene, id);
  if (!upkeep) await builder.stop();
  return id;
}

/** Asks for it and kills whoever does it, in several ways. @returns the one that could finish it */
async function killedIn(scene: Scene, verb: RequestVerb, count: number): Promise<SpawnedApp> {
  const request = await ask(scene, verb, {});
  await inside(scene);
  for (let time = 0; time < (scene.short ? 1 : 4); time += 1) await anywhere(scene, count);
  const last = await scene.upkeep(PATIENT);
  await done(scene, request);
  return last;
}

/** What it lets go of is written, and only not committed: it waits to be counted. */
async function inside(scene: Scene): Promise<void> {
  const upkeep = await scene.upkeep({ ...PATIENT, ...scene.named('upkeep') }, { awaited: false });
  await whileItWaits(scene, { statement: 'INSERT INTO read_1.tally', by: 'upkeep' }, async (client) => {
    await upkeep.kill();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'upkeep' AND datname = current_database()`,
    );
  });
}

/** As soon as it has got somewhere, and then at any moment. */
async function anywhere(scene: Scene, count: number): Promise<void> {
  const before = await parked(scene, 1);
  const upkeep = await scene.upkeep(PATIENT, { awaited: false });
  await eventually('it had got somewhere', async () => (await parked(scene, 1)) < Math.min(before, count) || before === 0, {
    within: 30_000,
  });
  await pause(scene.chance.int(0, 200));
  await upkeep.kill();
}
