import { Client, DatabaseError } from 'pg';

const NO_SUCH_DATABASE = '3D000';
const ALREADY_THERE = '42P04';

/** Makes the database a URL names, unless it is there. @returns whether it had to */
export async function createDatabase(url: string): Promise<boolean> {
  if (await exists(url)) return false;
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const client = new Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    return true;
  } catch (error) {
    // Two that prepare at once: the other one made it.
    if (error instanceof DatabaseError && error.code === ALREADY_THERE) return false;
    throw error;
  } finally {
    await client.end();
  }
}

async function exists(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === NO_SUCH_DATABASE) return false;
    throw error;
  } finally {
    await client.end();
  }
}
