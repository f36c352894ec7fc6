import { Client } from 'pg';
import { appEnv } from './app-env.js';

describe('The environment a test gets for its apps', () => {
  it('has its databases migrated and its topics and schemas made', async () => {
    const env = await appEnv();
    const client = new Client({ connectionString: env.READ_MODEL_URL });
    await client.connect();
    const { rows } = await client.query('SELECT state FROM control.generation');
    await client.end();
    expect(rows).toEqual([{ state: 'live' }]);
    const subjects = (await (await fetch(`${env.REGISTRY_URL}/subjects`)).json()) as string[];
    expect(subjects.length).toBeGreaterThanOrEqual(10);
  });
});
