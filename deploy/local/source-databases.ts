import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/** Sources of the made-up authority that have a database here, from which changes are captured. Each is told in `source-databases/<name>.sql`. */
export const SOURCE_DATABASES = ['mosaic', 'synergy'] as const;
export type SourceDatabase = (typeof SOURCE_DATABASES)[number];

/** Who works in a source's database: the system itself, and whoever reads its changes and sees nothing else. */
export const usersOf = (source: string): [system: string, changes: string] => [source, `${source}_changes`];

const FOLDER = join('deploy', 'local', 'source-databases');

/**
 * Makes a source's database with its users and a few made-up people, where it is not there yet.
 * @param url of the server's database `postgres`, as its superuser @param database what it is called there
 * @param passwords user → password
 * @returns the URL of the database as the superuser
 */
export async function makeSourceDatabase(
  url: string,
  source: SourceDatabase,
  passwords: Readonly<Record<string, string>>,
  database: string = source,
): Promise<string> {
  const own = Object.assign(new URL(url), { pathname: `/${database}` }).href;
  await withClient(url, async (client) => {
    for (const user of usersOf(source)) {
      const options = `LOGIN${user.endsWith('_changes') ? ' REPLICATION' : ''} PASSWORD ${client.escapeLiteral(passwords[user]!)}`;
      const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [user]);
      await client.query(`${rows.length > 0 ? 'ALTER' : 'CREATE'} ROLE ${client.escapeIdentifier(user)} ${options}`);
    }
    const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rows.length === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  });
  await withClient(own, async (client) => {
    const { rows } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [source]);
    if (rows.length > 0) return;
    // all of it or nothing: a schema that is there is whole
    await client.query(`BEGIN; ${readFileSync(join(FOLDER, `${source}.sql`), 'utf8')}; COMMIT`);
  });
  return own;
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
