import { Client } from 'pg';
import { ensureLogin } from '#lib/audit';

/**
 * Lets the query service log in to the matcher's database for data stewards. What its user may do there, the matcher's migrations say.
 * @param url of a role that may create roles
 */
export async function ensureStewardsLogin(url: string, password: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await ensureLogin(client, 'index_stewards', password);
  } finally {
    await client.end();
  }
}
