import { Client } from 'pg';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from './away.js';
import { opsEnvironment } from './environment.js';

/** Works on the database of sessions, which also keeps settings and feedback, and lets go of it afterwards. @throws AwayError where it can't be reached */
export async function inSessions<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const { sessionsUrl } = readSettings({ sessionsUrl: settings.sessionsUrl }, opsEnvironment());
  const client = new Client({ connectionString: sessionsUrl });
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw saidOfDatabase('the database of sessions', error);
  } finally {
    await client.end();
  }
}
