/** A moment that comes once is not missed, however busy the table is. */
import { Client, Pool } from 'pg';
import { eventually } from '../../support/eventually.js';
import { freshDatabase } from '../../support/fresh.js';
import { whileItWaits } from './while-it-waits.js';

let pool: Pool;
let worker: Client;
beforeAll(async () => {
  const url = await freshDatabase('read-model');
  pool = new Pool({ connectionString: url });
  worker = new Client({ connectionString: url, application_name: 'worker' });
  await worker.connect();
  await pool.query('CREATE SCHEMA drill');
});
afterAll(async () => {
  await worker?.end();
  await pool?.end();
});
beforeEach(() => pool.query(`DROP TABLE IF EXISTS drill.row; CREATE TABLE drill.row AS SELECT 0 AS step, 'begun' AS state`));

const row = async () => (await pool.query<{ step: number; state: string }>('SELECT step, state FROM drill.row')).rows[0]!;

const heldUp = () =>
  eventually('its end was held up', async () => {
    const { rowCount } = await pool.query(`SELECT FROM pg_trigger WHERE tgrelid = 'drill.row'::regclass`);
    return rowCount === 1;
  });

/** Goes on at once from each step to the next, and gets to its end once. */
async function work(): Promise<void> {
  await heldUp();
  for (let step = 1; step <= 40; step += 1) await worker.query('UPDATE drill.row SET step = $1', [step]);
  await worker.query(`UPDATE drill.row\n  SET state = 'ended' WHERE state <> 'cancelled'`);
}

const END = `UPDATE drill.row SET state = 'ended'`;

it('which waits until everything before it is done', async () => {
  let seen: unknown;
  await Promise.all([whileItWaits({ pool }, { statement: END, within: 5_000 }, async () => (seen = await row())), work()]);
  expect([seen, await row()]).toEqual([
    { step: 40, state: 'begun' },
    { step: 40, state: 'ended' },
  ]);
});

it('which sees what was kept meanwhile', async () => {
  const cancel = (holder: { query(text: string): Promise<unknown> }) => holder.query(`UPDATE drill.row SET state = 'cancelled'`);
  await Promise.all([whileItWaits({ pool }, { statement: END, commit: true }, cancel), work()]);
  expect(await row()).toEqual({ step: 40, state: 'cancelled' });
});

it('which is another when somebody else comes to it', async () => {
  let by: unknown;
  const { rows } = await worker.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const held = whileItWaits({ pool }, { statement: END, by: 'worker' }, async (holder) => {
    by = (await holder.query('SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))')).rows;
  });
  await heldUp();
  await pool.query(`UPDATE drill.row SET state = 'ended'`);
  await Promise.all([held, work()]);
  expect(by).toEqual(rows);
});

it('and what changes no rows needs a lock to wait for', async () => {
  await expect(whileItWaits({ pool }, { statement: 'LOCK TABLE drill.row' }, async () => {})).rejects.toThrow(
    'say for which lock it waits',
  );
});
