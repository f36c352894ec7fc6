import { Pool } from 'pg';
import { OwnRecords } from './own-records.js';
import type { Scene } from './scene.js';

/** Records whose keys are missing without a tombstone: their events are parked, until the keys are back. */
export class HeldBack {
  private constructor(
    private readonly scene: Scene,
    private readonly records: OwnRecords,
    private readonly keyStore: Pool,
  ) {}

  static async open(scene: Scene): Promise<HeldBack> {
    const records = await OwnRecords.open(scene, 'H', 6);
    const keyStore = new Pool({ connectionString: scene.env.KEY_STORE_URL!, max: 1 });
    scene.whenOver(() => keyStore.end());
    await keyStore.query('CREATE TABLE away AS SELECT * FROM data_key WHERE subject = ANY($1)', [records.subjects]);
    await keyStore.query('DELETE FROM data_key WHERE subject = ANY($1)', [records.subjects]);
    return new HeldBack(scene, records, keyStore);
  }

  async publish(count: number): Promise<void> {
    for (const place of await this.records.publish(count)) this.scene.mayBeParked.add(place);
  }

  /** The keys are found again. */
  async restore(): Promise<void> {
    await this.keyStore.query('INSERT INTO data_key SELECT * FROM away');
  }
}
