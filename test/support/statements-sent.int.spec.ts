import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { freshDatabase } from './fresh.js';
import { statementsSent } from './statements-sent.js';

test('Statements are counted of the requests made meanwhile, and of nothing that a clock does', async () => {
  const url = await freshDatabase('read-model');
  const pool = new Pool({ connectionString: url });
  // Of its own: a request that waited for a connection of the clock's would go on in the clock's name.
  const ofClock = new Pool({ connectionString: url });
  const server = createServer((_, response) => {
    void pool.query('SELECT 1 AS asked').then(() => pool.query('SELECT 2 AS asked').then(() => response.end()));
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  const { port } = server.address() as AddressInfo;
  const ask = async () => void (await (await fetch(`http://127.0.0.1:${port}`)).text());
  const clock: Promise<unknown>[] = [];
  const timer = setInterval(() => clock.push(ofClock.query('SELECT 3 AS of_a_clock')), 1);
  try {
    await ask();
    const before = clock.length;
    const sent = await statementsSent(url, async () => {
      while (clock.length < before + 3) await ask();
    });
    expect(new Set(sent)).toEqual(new Set(['SELECT 1 AS asked', 'SELECT 2 AS asked']));
    await expect(statementsSent(url, async () => undefined)).rejects.toThrow('nothing was compared');
  } finally {
    clearInterval(timer);
    await Promise.all(clock);
    await new Promise((closed) => server.close(closed));
    await Promise.all([pool.end(), ofClock.end()]);
  }
});
