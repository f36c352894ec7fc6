import { Client } from 'pg';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from './away.js';
import { opsEnvironment } from './environment.js';

/** Works on the matcher's database and lets go of it afterwards. @throws AwayError where it can't be reached */
export async function inMatcher<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const { matcherUrl } = readSettings({ matcherUrl: settings.matcherUrl }, opsEnvironment());
  const client = new Client({ connectionString: matcherUrl });
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw saidOfDatabase('the matcher’s database', error);
  } finally {
    await client.end();
  }
}
