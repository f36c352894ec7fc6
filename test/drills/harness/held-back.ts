import { Pool } from 'pg';
import { SourceEvent } from '#lib/events';
import type { SubjectKey } from '#lib/sealing';
import { Chronicle } from './chronicle.js';
import type { Scene } from './scene.js';

const SOURCES = ['mosaic', 'synergy', 'niche'];
const RECORDS = 6;

/** Records whose keys are missing without a tombstone: their events are parked, until the keys are back. */
export class HeldBack {
  private constructor(
    private readonly scene: Scene,
    private readonly keyStore: Pool,
    private readonly keys: ReadonlyMap<string, SubjectKey>,
    private readonly chronicle: Chronicle,
  ) {}

  static async open(scene: Scene): Promise<HeldBack> {
    const records = SOURCES.flatMap((source) => Array.from({ length: RECORDS }, (_, at) => ({ source, recordId: `H-${at}` })));
    const keys = await scene.log.keys.subjectsFor(records);
    const keyStore = new Pool({ connectionString: scene.env.KEY_STORE_URL!, max: 1 });
    scene.whenOver(() => keyStore.end());
    const subjects = keys.map(({ subject }) => subject);
    await keyStore.query('CREATE TABLE away AS SELECT * FROM data_key WHERE subject = ANY($1)', [subjects]);
    await keyStore.query('DELETE FROM data_key WHERE subject = ANY($1)', [subjects]);
    const byRecord = new Map(records.map(({ source, recordId }, at) => [`${source} ${recordId}`, keys[at]!]));
    return new HeldBack(scene, keyStore, byRecord, new Chronicle(scene.chance.fork('held back')));
  }

  /** Publishes so many events about these records, and about facts that other records have a share in. */
  async publish(count: number): Promise<void> {
    const { scene, chronicle, keys } = this;
    const messages: { key: string; value: Buffer }[] = [];
    while (messages.length < count) {
      const event = chronicle.next(1)[0]! as unknown as Record<string, unknown>;
      if (!('recordId' in event) || 'otherRecordId' in event || 'newRecordId' in event) continue;
      event.recordId = `H-${scene.chance.int(0, RECORDS - 1)}`;
      const key = keys.get(`${String(event.source)} ${event.recordId}`)!;
      messages.push({ key: key.subject, value: scene.log.sealed(SourceEvent.parse(event), key) });
    }
    for (let at = 0; at < messages.length; at += 500)
      for (const { partition, offset } of await scene.log.publishRaw(messages.slice(at, at + 500)))
        scene.mayBeParked.add(`${scene.topics.involvementLog}/${partition}/${offset}`);
  }

  /** The keys are found again. */
  async restore(): Promise<void> {
    await this.keyStore.query('INSERT INTO data_key SELECT * FROM away');
  }
}
