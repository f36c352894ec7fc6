import { expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { State } from './open-state.js';

it('a transaction whose connection breaks between two statements fails in a way that is tried again, and the next one works', async () => {
  const state = new State(await freshDatabase('cut'), () => undefined);
  const cut = state.transaction(async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await state.transaction((other) => other.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]));
    await eventually('it was cut', () => state.transaction(async (other) => (await other.query('SELECT FROM pg_stat_activity WHERE pid = $1', [rows[0]!.pid])).rowCount === 0)); // prettier-ignore
    await client.query('SELECT 1');
  });
  await expect(cut).rejects.toMatchObject({ retriable: true });
  await expect(state.transaction(async (client) => (await client.query('SELECT 1 AS one')).rows)).resolves.toEqual([{ one: 1 }]);
  await state.close();
});

it('a mistake of ours within a transaction undoes it and is no outage, so that nobody tries it again for ever', async () => {
  const state = new State(await freshDatabase('mistaken'), () => undefined);
  const mistake = new Error('expected something else');
  const made = state.transaction(async (client) => {
    await client.query('CREATE TABLE undone ()');
    throw mistake;
  });
  await expect(made).rejects.toBe(mistake);
  const { rows } = await state.transaction((client) => client.query(`SELECT to_regclass('undone') AS undone`));
  expect(rows).toEqual([{ undone: null }]);
  await state.close();
});
