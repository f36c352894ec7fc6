/** What is kept of each source by the hour and by the day: what a drop is measured from, and how long it was late. */
import { migrateReadModel, openReadModel, type ReadModelPool } from '#lib/read-model';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { forgetHours, highestOfADay, keepEvents, keepHour, keepMinute } from './keep-source-days.js';
import { NOTHING_COUNTED, type SourceCounts } from './source-counts.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse('2026-05-01T12:00:00Z');

let pool: ReadModelPool;
beforeAll(async () => {
  const url = await freshDatabase('days');
  await migrateReadModel(url, { partitions: 1 });
  pool = openReadModel(url, { forWriting: true });
});
afterAll(() => pool?.end());
beforeEach(() => pool.query('TRUNCATE control.source_day, control.source_hour, read_1.tally'));

const holding = (recordsHeld: number | null): SourceCounts => ({ ...NOTHING_COUNTED, recordsHeld });
const hour = (at: number, recordsHeld: number | null, source = 'mosaic') => keepHour(pool, [holding(recordsHeld)], [source], at);
const highest = async (at: number) => (await highestOfADay(pool, at)).get('mosaic')?.recordsHeld;

describe('The most a source held within a day', () => {
  it('is the greatest count of any hour, whatever it held since', async () => {
    for (const [at, records] of [
      [NOON, 90],
      [NOON + MINUTE, 100],
      [NOON + 2 * MINUTE, 70],
      [NOON + 3 * MINUTE, null],
    ] as const)
      await hour(at, records);
    expect(await highest(NOON + 59 * MINUTE)).toBe(100);
  });

  it('reaches back a whole day, and no further', async () => {
    await hour(NOON + 30 * MINUTE, 100);
    await hour(NOON + 23 * HOUR, 70);
    expect(await highest(NOON + 24 * HOUR + 59 * MINUTE)).toBe(100);
    expect(await highest(NOON + 25 * HOUR)).toBe(70);
  });

  it('is each source’s own, and not known of one that was forgotten', async () => {
    await hour(NOON, 500, 'niche');
    await hour(NOON, 100);
    expect(await highest(NOON)).toBe(100);
    await forgetHours(pool, ['mosaic']);
    expect([...(await highestOfADay(pool, NOON)).keys()]).toEqual(['niche']);
  });

  it('is kept for as long as anything is measured from it, and then let go', async () => {
    await hour(NOON, 100);
    await hour(NOON + 24 * HOUR, 100);
    expect((await pool.query('SELECT FROM control.source_hour')).rowCount).toBe(2);
    await hour(NOON + 49 * HOUR, 100);
    expect((await pool.query('SELECT FROM control.source_hour')).rowCount).toBe(2);
  });
});

describe('A source’s day', () => {
  const look = (at: number, late: boolean, recordsHeld: number | null = null) =>
    keepMinute(pool, [{ source: 'mosaic', late, ...holding(recordsHeld) }], at);
  const days = async () =>
    (await pool.query('SELECT day, minutes_on_time AS on, minutes_late AS late, records_held AS held, events FROM control.source_day ORDER BY day')).rows; // prettier-ignore

  it('counts each minute once, on time or late, as it was seen first', async () => {
    for (const [after, late] of [
      [0, false],
      [59_999, true],
      [MINUTE, true],
      [2 * MINUTE, true],
      // Looked at late, by a process that was held up.
      [MINUTE, false],
      [2 * MINUTE + 1, false],
    ] as const)
      await look(NOON + after, late);
    expect(await days()).toEqual([{ day: '2026-05-01', on: 1, late: 2, held: null, events: 0 }]);
  });

  it('begins at midnight in London', async () => {
    for (const at of ['2026-05-01T22:59:00Z', '2026-05-01T23:00:00Z']) await look(Date.parse(at), false);
    expect((await days()).map(({ day, on }) => [day, on])).toEqual([
      ['2026-05-01', 1],
      ['2026-05-02', 1],
    ]);
  });

  it('holds what was last known of it, also once that is not known any more', async () => {
    await look(NOON, false, 100);
    await look(NOON + MINUTE, false, 70);
    await look(NOON + 2 * MINUTE, false);
    expect((await days())[0]).toMatchObject({ held: 70 });
  });

  it('has today’s events and yesterday’s as they are counted now, of all partitions', async () => {
    for (const days of [0, 1, 2]) await look(NOON - days * 24 * HOUR, false);
    await pool.query(`
      INSERT INTO read_1.tally (topic, partition, source, day, received, applied, superseded, erased, parked, discarded)
      SELECT 'involvement-log', partition, 'mosaic', day, 5, 5, 0, 0, 0, 0
      FROM unnest(ARRAY[0, 1]) AS partition, unnest(ARRAY['2026-04-29', '2026-04-30', '2026-05-01']) AS day`);
    await keepEvents(pool, 'read_1', NOON);
    expect((await days()).map(({ events }) => events)).toEqual([0, 10, 10]);
  });
});
