import type { ClientBase } from 'pg';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { State } from './open-state.js';

it('a transaction whose connection breaks between two statements fails in a way that is tried again, and the next one works', async () => {
  const state = new State(await freshDatabase('cut'), () => undefined);
  const cut = state.transaction(async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise<void>((resolve) => (client as ClientBase).once('end', resolve));
    await state.transaction((other) => other.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]));
    await ended;
    await client.query('SELECT 1');
  });
  await expect(cut).rejects.toMatchObject({ retriable: true });
  await expect(state.transaction(async (client) => (await client.query('SELECT 1 AS one')).rows)).resolves.toEqual([{ one: 1 }]);
  await state.close();
});
