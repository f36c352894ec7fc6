import { openReadModel } from '#lib/read-model';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { interruptible } from './interruptible.js';

test('A statement that takes minutes ends when its process stops, in PostgreSQL too, and keeps nobody from closing the pool', async () => {
  const url = await freshDatabase('read-model');
  const [pool, beside] = [openReadModel(url), openReadModel(url)];
  const sleeping = async () => (await beside.query(`SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'`)).rows.length;
  const stopping = new AbortController();
  const work = interruptible(pool, stopping.signal, (client) => client.query('SELECT pg_sleep(600)'));
  await eventually('it being under way', async () => (await sleeping()) === 1);
  stopping.abort(new Error('the process stops'));
  await expect(work).rejects.toThrow('the process stops');
  await eventually('it being over', async () => (await sleeping()) === 0);
  await pool.end();
  await expect(interruptible(beside, stopping.signal, async () => 'begun')).rejects.toThrow('the process stops');
  expect(await interruptible(beside, new AbortController().signal, async (client) => (await client.query('SELECT 1 AS one')).rows)).toEqual(
    [{ one: 1 }],
  );
  await beside.end();
});
