import { SourceEvent } from '#lib/events';
import { askForGeneration, switchGeneration } from '#lib/read-model';
import type { SubjectKey } from '#lib/sealing';
import { Chronicle } from './harness/chronicle.js';
import type { Drill } from './harness/drill.js';
import { ask, done, untilReady } from './harness/generations.js';
import type { Scene } from './harness/scene.js';

const SOURCES = ['mosaic', 'synergy', 'niche'];
const RECORDS = 8;

/** Keys of people are destroyed while events about them still come. What is rebuilt afterwards knows nothing of them, and everything of the others. */
export const peopleErased: Drill = {
  name: 'people-erased',
  what: 'keys destroyed under load, events about these people before and after; a rebuild does not bring them back',
  async run(scene) {
    scene.startLoad({ perSecond: scene.short ? 50 : 150 });
    const first = await scene.projector();
    const records = new SomeRecords(scene, await keysOf(scene));
    await records.publish(scene.short ? 300 : 3_000);
    await scene.untilCaughtUp();
    const erased = await records.eraseHalf();
    scene.erasedMeanwhile = {
      schemas: new Set(['read_1']),
      mayHold: (name) => name.includes(' erased-') || erased.some((one) => name.includes(one)),
    };
    await records.publish(scene.short ? 100 : 1_000);
    // A process that knew the keys may go on for a minute; one that starts now does not.
    await first.stop();
    await scene.projector();
    await records.publish(scene.short ? 100 : 1_000);
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

/** Records that share their facts with each other, so that facts of the erased belong to others too. */
class SomeRecords {
  private readonly chronicle: Chronicle;

  constructor(
    private readonly scene: Scene,
    private readonly keys: ReadonlyMap<string, SubjectKey>,
  ) {
    this.chronicle = new Chronicle(scene.chance.fork('erased'));
  }

  /** As somebody seals who has the keys in hand: ingest would refuse the erased. */
  async publish(count: number): Promise<void> {
    const { scene, chronicle, keys } = this;
    const messages: { key: string; value: Buffer }[] = [];
    while (messages.length < count) {
      const event = chronicle.next(1)[0]! as unknown as Record<string, unknown>;
      if (!('recordId' in event) || 'otherRecordId' in event || 'newRecordId' in event) continue;
      event.recordId = `E-${scene.chance.int(0, RECORDS - 1)}`;
      for (const fact of ['involvementId', 'relationshipId']) if (fact in event) event[fact] = `erased-${scene.chance.int(1, 20)}`;
      const key = keys.get(`${String(event.source)} ${event.recordId}`)!;
      messages.push({ key: key.subject, value: scene.log.sealed(SourceEvent.parse(event), key) });
    }
    for (let at = 0; at < messages.length; at += 500) await scene.log.publishRaw(messages.slice(at, at + 500));
  }

  /** @returns their subject tokens */
  async eraseHalf(): Promise<string[]> {
    const half = [...this.keys.values()].filter((_, at) => at % 2 === 0).map(({ subject }) => subject);
    for (const subject of half) await this.scene.log.keys.erase(subject);
    return half;
  }
}

async function keysOf(scene: Scene): Promise<Map<string, SubjectKey>> {
  const records = SOURCES.flatMap((source) => Array.from({ length: RECORDS }, (_, at) => ({ source, recordId: `E-${at}` })));
  const keys = await scene.log.keys.subjectsFor(records);
  return new Map(records.map(({ source, recordId }, at) => [`${source} ${recordId}`, keys[at]!]));
}

async function rowsOf(scene: Scene, id: number, subjects: readonly string[]): Promise<number> {
  let rows = 0;
  for (const table of ['record', 'involvement', 'relationship']) {
    const { rows: found } = await scene.pool.query(`SELECT FROM read_${id}.${table} WHERE subject = ANY($1)`, [subjects]);
    rows += found.length;
  }
  return rows;
}
