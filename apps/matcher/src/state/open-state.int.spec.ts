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

it('a process that stood still within a transaction, until the database gave it up, tries again', async () => {
  const state = new State(await freshDatabase('idle'), () => undefined);
  const stood = state.transaction(async (client) => {
    await client.query('SET idle_in_transaction_session_timeout = 50');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    await client.query('SELECT 1');
  });
  await expect(stood).rejects.toMatchObject({ retriable: true });
  await state.close();
});

it('a statement that takes longer than it may is ended by the database, and tried again', async () => {
  const state = new State(await freshDatabase('slow'), () => undefined, 300);
  await expect(state.transaction((client) => client.query('SELECT pg_sleep(30)'))).rejects.toMatchObject({ retriable: true });
  const asleep = () => state.transaction(async (client) => (await client.query(`SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)' AND state = 'active'`)).rowCount); // prettier-ignore
  await eventually('it was ended', async () => (await asleep()) === 0);
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
