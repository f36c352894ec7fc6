import { Client } from 'pg';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from './away.js';
import { opsEnvironment } from './environment.js';

/** Works on ingest's own database, and lets go of it afterwards. @throws AwayError where it can't be reached */
export async function inIngest<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const { ingestDatabaseUrl } = readSettings({ ingestDatabaseUrl: settings.ingestDatabaseUrl }, opsEnvironment());
  const client = new Client({ connectionString: ingestDatabaseUrl });
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw saidOfDatabase('ingest’s own database', error);
  } finally {
    await client.end();
  }
}
