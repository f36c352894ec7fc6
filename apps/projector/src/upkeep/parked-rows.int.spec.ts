import { migrateReadModel, openReadModel, type ReadModelPool } from '#lib/read-model';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { fitting, parkedBehind, type ParkedRow } from './parked-rows.js';

const MB = 1024 * 1024;

let pool: ReadModelPool;
beforeAll(async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 2 });
  pool = openReadModel(url);
});
afterAll(() => pool.end());

test('Large parked events are folded again in pieces of about 16 MB, and none is left out', async () => {
  await pool.query(
    `INSERT INTO read_1.parked (topic, partition, log_offset, code, expected, actual, bytes, published_at, parked_at, attempts)
     SELECT 'involvement-log', at % 2, at, 'undecodable', 'Avro', 'noise', convert_to(repeat('x', $1), 'UTF8'), 0, 0, 1 FROM generate_series(1, 30) AS at`,
    [MB],
  );
  await pool.query(`UPDATE read_1.parked SET bytes = NULL WHERE log_offset = 6`);
  const pieces: number[] = [];
  let behind: ParkedRow | undefined;
  for (;;) {
    const rows = await parkedBehind(pool, 'read_1', { chosen: fitting({}), behind, atMost: 500 });
    behind = rows.at(-1);
    if (!behind) break;
    pieces.push(rows.length);
    expect(rows.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0)).toBeLessThanOrEqual(16 * MB);
  }
  expect(pieces).toEqual([17, 13]);
});
