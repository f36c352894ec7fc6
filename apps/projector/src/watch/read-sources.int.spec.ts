/** What the watch knows of a source: what it does not know it must not take for said. */
import { migrateReadModel, openReadModel, type ReadModelPool } from '#lib/read-model';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { loadSources } from './load-sources.js';
import { countSources, readSources } from './read-sources.js';

const SOURCES = loadSources('deploy/authority/northbridge.json').filter(({ id }) => ['mosaic', 'niche', 'liquidlogic'].includes(id));
const SERVICE = SOURCES.find(({ id }) => id === 'mosaic')!.service;

let pool: ReadModelPool;
beforeAll(async () => {
  const url = await freshDatabase('said');
  await migrateReadModel(url, { partitions: 2 });
  pool = openReadModel(url, { forWriting: true });
});
afterAll(() => pool?.end());
beforeEach(() => pool.query('TRUNCATE read_1.coverage, read_1.source_progress, read_1.record, read_1.involvement'));

interface Check {
  partition: number;
  completeTo: number;
  position?: number;
  epoch?: number;
  held?: number | null;
  source?: string;
  service?: string;
}
const checked = ({ partition, completeTo, position = 1, epoch = 0, held = null, source = 'mosaic', service = SERVICE }: Check) =>
  pool.query(
    `INSERT INTO read_1.coverage (source, service, partition, complete_to, records_held, open_involvements_held, check_epoch, check_position, check_rank, check_digest)
     VALUES ($7, $1, $2, $3, $4, $4, $5, $6, 0, '')`,
    [service, partition, completeTo, held, epoch, position, source],
  );
const heard = (partition: number, at: number) =>
  pool.query(
    `INSERT INTO read_1.source_progress (source, partition, newest_published_at, newest_occurred_at, applied_at, events) VALUES ('mosaic', $1, $2, 0, 0, 1)`,
    [partition, at],
  );
const said = async (asked = 'mosaic') =>
  (await readSources(pool, { schema: 'read_1', partitions: 2 }, SOURCES)).find(({ source }) => source === asked);

describe('A source', () => {
  it('is complete nowhere before its check has arrived in every partition, and then as far as the one that lags most', async () => {
    await checked({ partition: 0, completeTo: 500 });
    expect(await said()).toMatchObject({ completeTo: null });
    await checked({ partition: 1, completeTo: 300 });
    expect(await said()).toMatchObject({ completeTo: 300 });
  });

  it('is not complete by a check of another service', async () => {
    for (const partition of [0, 1]) await checked({ partition, completeTo: 500, service: 'another' });
    expect(await said()).toMatchObject({ completeTo: null, recordsHeld: null });
  });

  it('that speaks for two services is as complete as it is of the one it looked at longest ago, and holds what its own check says', async () => {
    const both = async (service: string, completeTo: number, held: number) => {
      for (const partition of [0, 1]) await checked({ source: 'liquidlogic', service, partition, completeTo, held });
    };
    await both('early-help', 500, 70);
    expect(await said('liquidlogic')).toMatchObject({ completeTo: 500, recordsHeld: 70 });
    await both('childrens-social-care', 300, 90);
    expect(await said('liquidlogic')).toMatchObject({ lastHeardAt: 500, completeTo: 300, recordsHeld: 70, openHeld: 70 });
  });

  it('was heard last in whichever partition, or by what it says it is complete to', async () => {
    await heard(0, 700);
    await heard(1, 600);
    expect(await said()).toMatchObject({ lastHeardAt: 700 });
    for (const partition of [0, 1]) await checked({ partition, completeTo: 800 });
    expect(await said()).toMatchObject({ lastHeardAt: 800 });
  });

  it('holds what its newest check says, by epoch before position, and not what says nothing of it', async () => {
    await checked({ partition: 0, completeTo: 1, epoch: 1, position: 2, held: 70 });
    await checked({ partition: 1, completeTo: 1, epoch: 0, position: 9, held: 100 });
    expect(await said()).toMatchObject({ recordsHeld: 70, openHeld: 70 });
    await pool.query('UPDATE read_1.coverage SET records_held = NULL, open_involvements_held = NULL WHERE partition = 0');
    expect(await said()).toMatchObject({ recordsHeld: 100, openHeld: 100 });
  });

  it('that nothing was heard of is told as such, in the order asked', async () => {
    const nothing = { lastHeardAt: null, completeTo: null, recordsHeld: null, openHeld: null };
    expect(await readSources(pool, { schema: 'read_1', partitions: 2 }, SOURCES)).toEqual(
      SOURCES.map(({ id }) => ({ source: id, ...nothing })),
    );
  });
});

it('The index’s own counts are of records that are present and involvements that are open', async () => {
  await pool.query(`
    INSERT INTO read_1.record (subject, source, record_id, present)
    SELECT gen_random_uuid(), 'mosaic', n::text, present FROM unnest(ARRAY[true, true, false, NULL]) WITH ORDINALITY AS r (present, n);
    INSERT INTO read_1.involvement (source, involvement_id, status)
    SELECT 'mosaic', n::text, status FROM unnest(ARRAY['open', 'closed', 'retracted', NULL]) WITH ORDINALITY AS i (status, n)`);
  expect([...(await countSources(pool, 'read_1'))]).toEqual([['mosaic', { recordsHere: 2, openHere: 1 }]]);
});
