import { SourceEvent } from '#lib/events';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { ops } from '../../../test/support/ops.js';
import { startFolding } from '../../../test/support/projectors.js';
import { SealedLog } from '../../../test/support/sealed-log.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let folding: Running | undefined;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  folding = await startFolding(env);
  const opened = ['mosaic', 'mosaic', 'niche'].map((source, index) =>
    SourceEvent.parse({
      type: 'InvolvementOpened',
      source,
      recordId: String(index),
      sourceVersion: { epoch: 0, position: 1 },
      occurredAt: '2026-05-01T09:00:00Z',
      involvementId: `involvement ${index}`,
      service: 'police',
    }),
  );
  await log.publish([...opened, opened[0]!]);
  await log.publishRaw([{ key: '88888888-0000-0000-0000-000000000000', value: Buffer.from('noise') }]);
  await eventually('all being counted', async () => (await counted()) === 5, { within: 20_000 });
});
afterAll(async () => {
  await folding?.stop();
  await log.close();
  await pool.end();
});

const counted = async () => (await pool.query<{ sum: number }>('SELECT sum(received)::int AS sum FROM read_1.tally')).rows[0]!.sum;
const balanceWhile = async (change: string, back: string) => {
  await pool.query(change);
  const said = await ops(env, 'balance');
  await pool.query(back);
  return said;
};

describe('What was received', () => {
  it('balances per source and day, with what is parked and with the offsets', async () => {
    const { code, text } = await ops(env, 'balance');
    expect(text).toMatch(/mosaic +3 +2 +1 +0 +0 +0 +0 +✓/);
    expect(text).toMatch(/\(unreadable\) +1 +0 +0 +0 +1 +0 +0 +✓/);
    expect(text).toContain('✓ received agrees with the offsets of all 8 partitions\n✓ balances');
    expect(code).toBe(0);
    const one = JSON.parse((await ops(env, 'balance', '--source', 'niche', '--days', '2', '--json')).text) as { days: unknown[] };
    expect(one.days).toEqual([expect.objectContaining({ source: 'niche', received: 1, applied: 1, balances: true })]);
  });

  it('is noticed when a count was tampered with', async () => {
    const applied = await balanceWhile(
      `UPDATE read_1.tally SET applied = applied + 1 WHERE source = 'niche'`,
      `UPDATE read_1.tally SET applied = applied - 1 WHERE source = 'niche'`,
    );
    expect([applied.code, applied.text]).toEqual([3, expect.stringMatching(/niche +1 +2 .* ✗\n[^]*✗ does not balance/)]);
  });

  it('is noticed when a parked event has vanished', async () => {
    const parked = await balanceWhile(
      `CREATE TABLE read_1.kept AS SELECT * FROM read_1.parked; DELETE FROM read_1.parked`,
      `INSERT INTO read_1.parked SELECT * FROM read_1.kept; DROP TABLE read_1.kept`,
    );
    expect([parked.code, parked.text]).toEqual([3, expect.stringContaining('1, but 0 are there')]);
  });

  it('is noticed when a checkpoint has skipped events', async () => {
    const where = `WHERE topic LIKE '%involvement-log' AND partition = 0`;
    const skipped = await balanceWhile(
      `UPDATE read_1.checkpoint SET next_offset = next_offset + 2 ${where}`,
      `UPDATE read_1.checkpoint SET next_offset = next_offset - 2 ${where}`,
    );
    expect([skipped.code, skipped.text]).toEqual([3, expect.stringMatching(/involvement-log\/0 +\d+ +\d+ .*✗/)]);
  });

  it('includes what was rejected at the door', async () => {
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/London' });
    await pool.query(`INSERT INTO control.rejected VALUES ('niche', $1, 'field-invalid', 4), ('cis', $1, 'field-invalid', 2)`, [today]);
    const { code, text } = await ops(env, 'balance');
    expect(code).toBe(0);
    expect(text).toMatch(/niche +5 +1 +0 +0 +0 +0 +4 +✓/);
    expect(text).toMatch(/cis +2 +0 +0 +0 +0 +0 +2 +✓/);
  });
});
