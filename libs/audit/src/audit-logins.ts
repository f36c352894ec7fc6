import { Client } from 'pg';
import { WRITER_ROLE } from './create-audit.migration.js';
import { READER_ROLE, REVIEWER_ROLE } from './read/read-audit.migration.js';

/** Users of the audit database that the query service comes as. Each may act as these roles and has no right of its own. */
const LOGINS = {
  writer: { user: 'index_looks', roles: [WRITER_ROLE] },
  reader: { user: 'index_officers', roles: [READER_ROLE, REVIEWER_ROLE] },
} as const;

/** Makes the two users, or gives them these passwords. @param url of a role that may create roles */
export async function ensureAuditLogins(url: string, passwords: Record<keyof typeof LOGINS, string>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const [name, { user, roles }] of Object.entries(LOGINS)) {
      await ensureLogin(client, user, passwords[name as keyof typeof LOGINS]);
      await client.query(`GRANT ${roles.join(', ')} TO ${user} WITH INHERIT FALSE, SET TRUE`);
    }
  } finally {
    await client.end();
  }
}

/** Makes a user without any right of its own, or gives it this password. @param client of a role that may create roles */
export async function ensureLogin(client: Pick<Client, 'query' | 'escapeLiteral'>, user: string, password: string): Promise<void> {
  await client.query(`
    DO $$ BEGIN
      CREATE ROLE ${user} LOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$`);
  await client.query(`ALTER ROLE ${user} LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`);
}

/** The same address for one of the two users. */
export const auditUrlOf = (url: string, who: keyof typeof LOGINS, password: string): string => urlAs(url, LOGINS[who].user, password);

/** The same address for another user. */
export function urlAs(url: string, user: string, password: string): string {
  const own = new URL(url);
  own.username = user;
  own.password = password;
  return own.href;
}

/**
 * Whether the user of an address could change or delete what is in the log, add to it otherwise than as its next entry, or take on a role that
 * could: whoever takes over the process that writes as this user could too, whatever role it has put on. Null where the database can't be asked.
 */
export async function couldChangeLog(url: string): Promise<boolean | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    return null;
  }
  try {
    return (await client.query<{ could: boolean }>(COULD)).rows[0]!.could;
  } finally {
    await client.end();
  }
}

const COULD = `
  SELECT rolsuper OR EXISTS (
    /* Every table: what is sealed, signed and found wrong is of the log as much as its entries. */
    SELECT FROM pg_roles may, (SELECT oid, relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = (
        SELECT oid FROM pg_namespace WHERE nspname = 'audit')) part
    WHERE pg_has_role(session_user, may.oid, 'MEMBER')
      /* The redactor may change some columns, and no table. */
      AND (has_table_privilege(may.oid, part.oid, 'UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(may.oid, part.oid, 'UPDATE')
        /* A leaf, a checkpoint or a finding that is made up is as bad as one that is changed; so is an entry at a place that no sealer comes to. */
        OR EXISTS (SELECT FROM pg_attribute one WHERE one.attrelid = part.oid AND one.attnum > 0 AND NOT one.attisdropped
                   AND has_column_privilege(may.oid, part.oid, one.attnum, 'INSERT')
                   AND (part.relname <> 'entry' OR one.attname IN ('seq', 'written_by', 'redacted'))))) AS could
  FROM pg_roles WHERE rolname = session_user`;
