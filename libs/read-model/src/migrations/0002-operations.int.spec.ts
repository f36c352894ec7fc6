import { DataSource } from 'typeorm';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { createGenerationTables } from '../generation.js';
import { migrateReadModel } from '../migrate.js';
import { openReadModel } from '../open-read-model.js';
import { Control1763856000000 } from './0001-control.js';

/** A read model as the version before left it: one live generation that knows of no tally. */
async function earlierReadModel(url: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    schema: 'control',
    migrationsTableName: 'migration',
    migrations: [Control1763856000000],
  });
  await source.initialize();
  await source.query('CREATE SCHEMA control');
  await source.runMigrations();
  await source.destroy();
  const pool = openReadModel(url);
  await createGenerationTables(pool, 'read_1');
  await pool.query('DROP TABLE read_1.tally');
  await pool.query('ALTER TABLE read_1.parked DROP COLUMN published_at');
  await pool.query('ALTER TABLE read_1.checkpoint DROP COLUMN counted_from, DROP COLUMN skipped, DROP COLUMN empty_after');
  await pool.query(`INSERT INTO control.generation (id, schema_name, fold_version, partitions, state) VALUES (1, 'read_1', 1, 4, 'live')`);
  await pool.query(`INSERT INTO read_1.checkpoint VALUES ('involvement-log', 0, 100, 'x'), ('identity-log', 0, 7, 'y')`);
  await pool.query(`
    INSERT INTO read_1.parked (topic, partition, log_offset, source, code, parked_at, attempts) VALUES
      ('involvement-log', 0, 5, 'mosaic', 'undecodable', 1780308000000, 1), ('involvement-log', 0, 6, 'mosaic', 'undecodable', 1780308000000, 1),
      ('involvement-log', 0, 7, NULL, 'undecodable', 1780308000000, 1), ('identity-log', 0, 3, NULL, 'undecodable', 1780308000000, 1)`);
  await pool.end();
}

describe('A read model of the version before', () => {
  it('is counted from where it stands, with what was parked, and stays live', async () => {
    const url = await freshDatabase('earlier');
    await earlierReadModel(url);
    await migrateReadModel(url, { partitions: 4 });
    const pool = openReadModel(url);
    const rows = async (sql: string) => (await pool.query(sql)).rows;
    expect(await rows('SELECT state, stage FROM control.generation')).toEqual([{ state: 'live', stage: 'built' }]);
    expect(await rows('SELECT topic, counted_from, skipped FROM read_1.checkpoint ORDER BY topic')).toEqual([
      { topic: 'identity-log', counted_from: 6, skipped: null },
      { topic: 'involvement-log', counted_from: 97, skipped: null },
    ]);
    expect(await rows('SELECT source, day, received, parked, applied FROM read_1.tally ORDER BY source')).toEqual([
      { source: '(matcher)', day: '2026-06-01', received: 1, parked: 1, applied: 0 },
      { source: '(unreadable)', day: '2026-06-01', received: 1, parked: 1, applied: 0 },
      { source: 'mosaic', day: '2026-06-01', received: 2, parked: 2, applied: 0 },
    ]);
    expect(await rows('SELECT DISTINCT published_at FROM read_1.parked')).toEqual([{ published_at: 1780308000000 }]);
    await pool.end();
  });
});
