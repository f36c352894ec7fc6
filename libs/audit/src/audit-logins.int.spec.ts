import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { asAuditUsers, oneAfterTheOther } from '../../../test/support/audit-users.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { AuditLog } from './audit-log.js';
import { couldChangeLog, ensureLogin, urlAs } from './audit-logins.js';
import { WRITER_ROLE } from './create-audit.migration.js';
import { migrateAudit } from './migrate-audit.js';
import { AuditReader } from './read/audit-reader.js';
import { READER_ROLE, REVIEWER_ROLE } from './read/read-audit.migration.js';
import { readAudit } from './read-audit.js';
import { REDACTOR_ROLE } from './seal/seal-audit.migration.js';

let url: string;
let writer: string;
let reader: string;
beforeAll(async () => {
  url = await freshDatabase('audit');
  await migrateAudit(url);
  ({ AUDIT_URL: writer, AUDIT_READ_URL: reader } = await asAuditUsers(url));
});

async function tried(address: string, ...statements: string[]) {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
    return 'done';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end();
  }
}

describe('The users the query service comes to the audit as', () => {
  it('write and read what they are for', async () => {
    const log = await AuditLog.open({ url: writer });
    const requestId = randomUUID();
    await log.record([{ at: Date.now(), action: 'searched', outcome: 'done', requestId }]);
    await log.close();
    expect(await readAudit(url, { requestId })).toMatchObject([{ action: 'searched' }]);
    const officers = new AuditReader({ url: reader });
    const { rows } = await officers.read((sight) => sight.query('SELECT count(*)::int AS count FROM audit.entry', []));
    await officers.close();
    expect(rows).toEqual([{ count: 1 }]);
  });

  it.each(['UPDATE audit.entry SET reader = NULL', 'DELETE FROM audit.entry', 'TRUNCATE audit.entry', 'DROP TABLE audit.entry'])(
    'can’t, whatever role they take off or put on: %s',
    async (statement) => {
      for (const address of [writer, reader]) {
        expect(await tried(address, 'RESET ROLE', statement)).toMatch(/permission denied|must be owner/);
        expect(await tried(address, 'SET ROLE involvement_audit_redactor', statement)).toMatch(/permission denied to set role/);
        expect(await tried(address, 'SET ROLE postgres', statement)).toMatch(/permission denied to set role/);
      }
    },
  );

  it('have no right of their own, and none but their roles’', async () => {
    const READING = 'SELECT FROM audit.entry';
    for (const address of [writer, reader]) expect(await tried(address, READING)).toMatch(/permission denied/);
    for (const role of [READER_ROLE, REVIEWER_ROLE]) {
      expect(await tried(reader, `SET ROLE ${role}`)).toBe('done');
      expect(await tried(writer, `SET ROLE ${role}`)).toMatch(/permission denied to set role/);
    }
    expect(await tried(writer, `SET ROLE ${WRITER_ROLE}`)).toBe('done');
    expect(await tried(reader, `SET ROLE ${WRITER_ROLE}`)).toMatch(/permission denied to set role/);
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT rolname FROM pg_roles WHERE rolname IN ('index_looks', 'index_officers')
       AND rolcanlogin AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication) ORDER BY 1`,
    );
    await client.end();
    expect(rows).toEqual([{ rolname: 'index_looks' }, { rolname: 'index_officers' }]);
  });

  it('are told apart from one who could change the log', async () => {
    expect(await couldChangeLog(writer)).toBe(false);
    expect(await couldChangeLog(reader)).toBe(false);
    expect(await couldChangeLog(url)).toBe(true);
    expect(await couldChangeLog('postgres://nobody@127.0.0.1:1/audit')).toBeNull();
  });

  it.each([
    ['may change it', (user: string) => `GRANT UPDATE ON audit.entry TO ${user}`, true],
    ['may delete of it', (user: string) => `GRANT DELETE ON audit.entry TO ${user}`, true],
    ['may empty it', (user: string) => `GRANT TRUNCATE ON audit.entry TO ${user}`, true],
    ['may take on a role that may', (user: string) => `GRANT ${REDACTOR_ROLE} TO ${user} WITH INHERIT FALSE, SET TRUE`, true],
    ['may read and add to it', (user: string) => `GRANT SELECT, INSERT (at, action) ON audit.entry TO ${user}`, false],
    ['may choose the place of what it adds', (user: string) => `GRANT INSERT (written_by) ON audit.entry TO ${user}`, true],
    ['may add whatever it likes', (user: string) => `GRANT INSERT ON audit.entry TO ${user}`, true],
    ['may add to what is sealed', (user: string) => `GRANT INSERT ON audit.sealed TO ${user}`, true],
    ['may add a column’s worth to it', (user: string) => `GRANT INSERT (leaf) ON audit.sealed TO ${user}`, true],
    ['may add to what is signed', (user: string) => `GRANT INSERT ON audit.checkpoint TO ${user}`, true],
    ['may add to what was found', (user: string) => `GRANT INSERT ON audit.mismatch TO ${user}`, true],
    ['may say that it was checked', (user: string) => `GRANT INSERT ON audit.watch TO ${user}`, true],
    ['may change what is sealed', (user: string) => `GRANT UPDATE ON audit.sealed TO ${user}`, true],
    ['may delete of what is sealed', (user: string) => `GRANT DELETE ON audit.sealed TO ${user}`, true],
    ['may change a column of what is signed', (user: string) => `GRANT UPDATE (pushed_at) ON audit.checkpoint TO ${user}`, true],
    ['may take away what was found', (user: string) => `GRANT DELETE ON audit.mismatch TO ${user}`, true],
    ['may change when it was checked', (user: string) => `GRANT UPDATE ON audit.watch TO ${user}`, true],
    ['may change a table outside the log', (user: string) => `GRANT UPDATE, DELETE ON unusual.finding TO ${user}`, false],
  ])('whoever %s is told apart', async (_, grant, could) => {
    const user = `could_${randomUUID().replaceAll('-', '')}`;
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await oneAfterTheOther(url, async () => {
        await ensureLogin(client, user, 'its own');
        await client.query(grant(user));
      });
      expect(await couldChangeLog(urlAs(url, user, 'its own'))).toBe(could);
    } finally {
      await oneAfterTheOther(url, async () => void (await client.query(`DROP OWNED BY ${user}; DROP ROLE ${user}`)));
      await client.end();
    }
  });
});
