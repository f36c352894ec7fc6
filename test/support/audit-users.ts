import { Client } from 'pg';
import { auditUrlOf, ensureAuditLogins } from '#lib/audit';

const PASSWORDS = { writer: 'writer of the tests', reader: 'reader of the tests' };
let made: Promise<void> | undefined;

/**
 * The addresses of an audit database for the query service: as its two users, who can't change the log. Users belong to the whole server, so
 * that test files make them one after the other.
 * @param url of the database's administrator, migrated
 */
export async function asAuditUsers(url: string): Promise<{ AUDIT_URL: string; AUDIT_READ_URL: string }> {
  await (made ??= makeUsers(url));
  return { AUDIT_URL: auditUrlOf(url, 'writer', PASSWORDS.writer), AUDIT_READ_URL: auditUrlOf(url, 'reader', PASSWORDS.reader) };
}

async function makeUsers(url: string): Promise<void> {
  const everybody = new URL(url);
  everybody.pathname = '/postgres';
  const lock = new Client({ connectionString: everybody.href });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock(4150118)');
    await ensureAuditLogins(url, PASSWORDS);
  } finally {
    await lock.end();
  }
}
