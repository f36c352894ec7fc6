import { freshDatabase } from '../../../test/support/fresh.js';
import { TcpProxy } from '../../../test/support/tcp-proxy.js';
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

it('gives up a statement, and its connection, that the network has forgotten', async () => {
  const url = new URL(await freshDatabase('forgotten'));
  const proxy = await TcpProxy.open({ host: url.hostname, targetPort: Number(url.port) });
  const pool = openReadModel(Object.assign(url, { port: String(proxy.port) }).href, { pipeline: true, max: 1, answerWithin: 500 });
  await pool.query('SELECT 1');
  proxy.forget();
  await expect(pool.query('SELECT 1')).rejects.toThrow('Query read timeout');
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
  await proxy.close();
});
