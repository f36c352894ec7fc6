import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FOLD_VERSION } from '#lib/read-model';
import { eventually } from '../support/eventually.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import { copiedEngine } from './harness/copied-engine.js';
import type { Drill } from './harness/drill.js';
import { untilReady } from './harness/generations.js';
import { OneLive } from './harness/one-live.js';
import { OpsProcess } from './harness/ops-process.js';
import type { Scene } from './harness/scene.js';
import { WhoWrote } from './harness/who-wrote.js';

const FRESH_WITHIN_MS = 60_000;

/**
 * A version with a changed fold is rolled out as the runbook says, while events flow: its upkeep, a rebuild, its projectors, the switch; then the
 * old ones stop. The database itself writes down who writes where.
 */
export const mixedVersions: Drill = {
  name: 'mixed-versions',
  what: 'old and new code side by side through a rebuild and a switch: each writes to its own generation alone',
  async run(scene) {
    const load = scene.startLoad({ perSecond: scene.short ? 50 : 150 });
    const [old, fresh] = [version(scene, 'old', scene.dist), version(scene, 'new', nextFoldVersion(scene))];
    const before = await Promise.all([old.projector(), old.projector(), old.upkeep()]);
    await load.burst(scene.short ? 500 : 5_000);
    await scene.untilCaughtUp();
    scene.freshFromHere();
    const [live, wrote] = [new OneLive(scene.pool), await WhoWrote.open(scene.pool, 'read_1')];
    await fresh.upkeep();
    const rebuilding = fresh.ops('rebuild', '--reason', 'a changed fold');
    await wrote.watchOnceThere('read_2');
    const after = [await fresh.projector()];
    await untilReady(scene, 2);
    await succeeded(rebuilding);
    for (const [at, one] of before.entries()) if (at === 0) await one.stop();
    after.push(await fresh.projector());
    await scene.untilCaughtUp(60_000, 'read_2');
    await succeeded(fresh.ops('compare', '--json'));
    await succeeded(fresh.ops('switch', '--to', '2', '--reason', 'a changed fold'));
    await scene.untilApplied(50);
    await pause(scene.short ? 500 : 5_000);
    await Promise.all(before.map((one) => one.stop()));
    await eventually('the new ones were ready', async () => (await Promise.all(after.map((one) => one.isReady()))).every(Boolean), {
      within: 30_000,
    });
    await scene.untilApplied(100);
    await live.stop();
    await wrote.only({ read_1: ['old'], read_2: ['new'] });
    scene.notes.push(`worst freshness throughout: ${(scene.worstFreshness / 1000).toFixed(1)} s; live was ${live.seen.join(', then ')}`);
    if (scene.worstFreshness > FRESH_WITHIN_MS) throw new Error('what readers see fell behind');
  },
};

interface Version {
  projector(): Promise<SpawnedApp>;
  upkeep(): Promise<SpawnedApp>;
  ops(...args: string[]): OpsProcess;
}

function version(scene: Scene, name: string, dist: string): Version {
  const named = scene.named(name);
  return {
    projector: () => scene.app('projector', named, { dist }),
    upkeep: () => scene.app('projector', { ...named, PROJECTOR_TASK: 'upkeep', PROJECTOR_CHECK_SECONDS: '0' }, { dist }),
    ops: (...args) => OpsProcess.start({ ...scene.env, ...named }, args, dist),
  };
}

/** The same code, but for its word that it folds otherwise. */
function nextFoldVersion(scene: Scene): string {
  const name = `next-fold-version-${process.pid}-${scene.env.TOPIC_PREFIX}`;
  scene.whenOver(async () => rmSync(join('.cache', name), { recursive: true, force: true }));
  const change = {
    file: 'libs/read-model/src/fold-version.js',
    find: `FOLD_VERSION = ${FOLD_VERSION};`,
    put: `FOLD_VERSION = ${FOLD_VERSION + 1};`,
  };
  return copiedEngine(name, [change], scene.dist);
}

async function succeeded(ops: OpsProcess): Promise<void> {
  const code = await ops.ended;
  if (code !== 0) throw new Error(`ops ended with ${code}: ${ops.said.slice(-500)}`);
}
