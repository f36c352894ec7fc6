import { freshDatabase } from '../../../test/support/fresh.js';
import { openReadModel } from './open-read-model.js';

it('a connection that breaks between two statements fails the next one and nothing else', async () => {
  const pool = openReadModel(await freshDatabase('cut'));
  const [cut, other] = [await pool.connect(), await pool.connect()];
  const { rows } = await cut.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const ended = new Promise<void>((resolve) => cut.once('end', resolve));
  await other.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
  await ended;
  await expect(cut.query('SELECT 1')).rejects.toThrow('not queryable');
  cut.release(true);
  other.release();
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
