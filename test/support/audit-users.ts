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
  await (made ??= oneAfterTheOther(url, () => ensureAuditLogins(url, PASSWORDS)));
  return { AUDIT_URL: auditUrlOf(url, 'writer', PASSWORDS.writer), AUDIT_READ_URL: auditUrlOf(url, 'reader', PASSWORDS.reader) };
}

/** Runs what makes users of the whole server while no other test file does. */
export async function oneAfterTheOther(url: string, work: () => Promise<void>): Promise<void> {
  const everybody = new URL(url);
  everybody.pathname = '/postgres';
  const lock = new Client({ connectionString: everybody.href });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock(4150118)');
    await work();
  } finally {
    await lock.end();
  }
}
