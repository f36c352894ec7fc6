import { freshDatabase } from '../../../../test/support/fresh.js';
import { migrateReadModel } from '../migrate.js';
import { openReadModel } from '../open-read-model.js';

it('a live generation of before gets the very index that a new one has', async () => {
  const url = await freshDatabase('undated');
  await migrateReadModel(url, { partitions: 1 });
  const pool = openReadModel(url, { max: 1 });
  const index = async () => (await pool.query<{ indexdef: string }>(`SELECT indexdef FROM pg_indexes WHERE indexname = 'record_5'`)).rows;
  try {
    const made = await index();
    expect(made).toEqual([{ indexdef: expect.stringContaining('WHERE ((date_of_birth IS NULL) OR (length(date_of_birth) < 10))') }]);
    await pool.query(`DELETE FROM control.migration WHERE name LIKE 'Undated%'; DROP INDEX read_1.record_5`);
    await migrateReadModel(url, { partitions: 1 });
    expect(await index()).toEqual(made);
  } finally {
    await pool.end();
  }
});
