import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { asAuditUsers } from '../../../test/support/audit-users.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { AuditLog } from './audit-log.js';
import { couldChangeLog } from './audit-logins.js';
import { migrateAudit } from './migrate-audit.js';
import { AuditReader } from './read/audit-reader.js';
import { readAudit } from './read-audit.js';

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

  it('are told apart from one who could change the log', async () => {
    expect(await couldChangeLog(writer)).toBe(false);
    expect(await couldChangeLog(reader)).toBe(false);
    expect(await couldChangeLog(url)).toBe(true);
    expect(await couldChangeLog('postgres://nobody@127.0.0.1:1/audit')).toBeNull();
  });
});
