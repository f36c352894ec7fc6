import { askForGeneration, switchGeneration } from '#lib/read-model';
import type { Drill } from './harness/drill.js';
import { ask, done, untilReady } from './harness/generations.js';
import { OwnRecords } from './harness/own-records.js';
import type { Scene } from './harness/scene.js';

/** Keys of people are destroyed while events about them still come. What is rebuilt afterwards knows nothing of them, and everything of the others. */
export const peopleErased: Drill = {
  name: 'people-erased',
  what: 'keys destroyed under load, events about these people before and after; a rebuild does not bring them back',
  async run(scene) {
    scene.startLoad({ perSecond: scene.short ? 50 : 150 });
    const first = await scene.projector();
    const records = await OwnRecords.open(scene, 'erased', 8);
    await records.publish(scene.short ? 300 : 3_000, { ownFacts: true });
    await scene.untilCaughtUp();
    const erased = await eraseHalf(scene, records);
    scene.erasedMeanwhile = {
      schemas: new Set(['read_1']),
      mayHold: (name) => name.includes(' erased-') || erased.some((one) => name.includes(one)),
    };
    await records.publish(scene.short ? 100 : 1_000, { ownFacts: true });
    // A process that knew the keys may go on for a minute; one that starts now does not.
    await first.stop();
    await scene.projector();
    await records.publish(scene.short ? 100 : 1_000, { ownFacts: true });
    await scene.untilCaughtUp();
    const id = await askForGeneration(scene.pool);
    await scene.upkeep();
    await untilReady(scene, id);
    await scene.untilCaughtUp(60_000, `read_${id}`);
    const { outcome } = await done(scene, await ask(scene, 'compare', { generation: id }));
    if (Number(outcome?.differences) === 0) throw new Error('nothing of the erased was in the live generation: the drill has missed');
    await switchGeneration(scene.pool, { to: id, approved: 'people were erased' });
    const left = await rowsOf(scene, id, erased);
    if (left > 0) throw new Error(`${left} rows of erased records are in the rebuilt generation`);
    scene.notes.push(
      `${erased.length} records erased: ${await rowsOf(scene, 1, erased)} rows of theirs in the generation before, ${left} after`,
    );
  },
};

/** @returns the tokens of the erased */
async function eraseHalf(scene: Scene, { subjects }: OwnRecords): Promise<string[]> {
  const half = subjects.filter((_, at) => at % 2 === 0);
  for (const subject of half) await scene.log.keys.erase(subject);
  return half;
}

async function rowsOf(scene: Scene, id: number, subjects: readonly string[]): Promise<number> {
  let rows = 0;
  for (const table of ['record', 'involvement', 'relationship']) {
    const { rows: found } = await scene.pool.query(`SELECT FROM read_${id}.${table} WHERE subject = ANY($1)`, [subjects]);
    rows += found.length;
  }
  return rows;
}
