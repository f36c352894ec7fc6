import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { RUN_VARIABLE, stack } from './stack.js';

const unique = () => `${process.env[RUN_VARIABLE]}-${randomBytes(4).toString('hex')}`;

/** A new, empty database for one test file. @param purpose appears in its name. @returns its URL */
export async function freshDatabase(purpose: string): Promise<string> {
  const { postgresUrl } = await stack();
  const name = `${unique()}-${purpose}`;
  const client = new Client({ connectionString: postgresUrl('postgres') });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return postgresUrl(name);
}

/** Put before every topic name, so that test files share a broker without meeting. */
export function freshPrefix(): string {
  return `${unique()}.`;
}
