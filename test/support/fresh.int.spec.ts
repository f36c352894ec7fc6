import { Client } from 'pg';
import { freshDatabase, freshPrefix } from './fresh.js';
import { stack } from './stack.js';

describe('What each test file gets of the shared stack', () => {
  it('is an empty database of its own', async () => {
    const [one, other] = await Promise.all([freshDatabase('one'), freshDatabase('other')]);
    expect(one).not.toBe(other);
    const client = new Client({ connectionString: one });
    await client.connect();
    const { rows } = await client.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`);
    await client.end();
    expect(rows).toEqual([]);
  });

  it('is a prefix of its own for the names of topics', () => {
    expect(freshPrefix()).not.toBe(freshPrefix());
  });

  it('is a registry and a broker, whose addresses it is told', async () => {
    const { registryUrl, kafkaBrokers } = await stack();
    expect((await fetch(`${registryUrl}/config`)).status).toBe(200);
    expect(kafkaBrokers).toMatch(/^127\.0\.0\.1:\d+$/);
  });
});
