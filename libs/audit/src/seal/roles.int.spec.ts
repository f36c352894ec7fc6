import { Client } from 'pg';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { WRITER_ROLE } from '../create-audit.migration.js';
import { migrateAudit } from '../migrate-audit.js';
import { READER_ROLE, REVIEWER_ROLE } from '../read/read-audit.migration.js';
import { WATCHER_ROLE } from '../watch/watch-audit.migration.js';
import { REDACTOR_ROLE, SEALER_ROLE } from './seal-audit.migration.js';

let url: string;
beforeAll(async () => {
  url = await freshDatabase('audit');
  await migrateAudit(url);
});

describe('The roles of the audit store', () => {
  const FORBIDDEN = {
    [WRITER_ROLE]: [
      ...['entry', 'sealed', 'checkpoint'].flatMap((table) => [
        `SELECT * FROM audit.${table}`,
        `DELETE FROM audit.${table}`,
        `TRUNCATE audit.${table}`,
      ]),
      'UPDATE audit.entry SET reader = NULL',
      `INSERT INTO audit.sealed VALUES (0, '1', 1, '')`,
      `INSERT INTO audit.entry (id, format, salts, commitments, written_by) VALUES (gen_random_uuid(), 1, '', '', '3')`,
      `INSERT INTO audit.entry (id, format, salts, commitments, redacted) VALUES (gen_random_uuid(), 1, '', '', '{reader}')`,
    ],
    [SEALER_ROLE]: [
      'SELECT reader FROM audit.entry',
      'SELECT salts FROM audit.entry',
      'UPDATE audit.entry SET at = 0',
      'DELETE FROM audit.entry',
      'UPDATE audit.sealed SET leaf = leaf',
      'DELETE FROM audit.sealed',
      'TRUNCATE audit.sealed',
      'UPDATE audit.checkpoint SET size = 0',
      'DELETE FROM audit.checkpoint',
    ],
    [READER_ROLE]: [
      ...['audit.entry', 'audit.sealed', 'audit.checkpoint', 'audit.mismatch', 'audit.watch', 'unusual.finding', 'unusual.verdict'].flatMap(
        (table) => [`DELETE FROM ${table}`, `TRUNCATE ${table}`],
      ),
      'UPDATE audit.entry SET reader = NULL',
      `INSERT INTO audit.entry (id, format, salts, commitments) VALUES (gen_random_uuid(), 1, '', '')`,
      `INSERT INTO unusual.verdict (finding, verdict, reason, decided_by, decided_at) VALUES (gen_random_uuid(), 'upheld', '', '', 0)`,
    ],
    [WATCHER_ROLE]: [
      ...['audit.entry', 'audit.sealed', 'audit.checkpoint'].flatMap((table) => [`DELETE FROM ${table}`, `TRUNCATE ${table}`]),
      'UPDATE audit.entry SET reader = NULL',
      'UPDATE audit.sealed SET leaf = leaf',
      `INSERT INTO audit.entry (id, format, salts, commitments) VALUES (gen_random_uuid(), 1, '', '')`,
    ],
    [REVIEWER_ROLE]: [
      'SELECT * FROM audit.entry',
      `INSERT INTO audit.entry (id, format, salts, commitments) VALUES (gen_random_uuid(), 1, '', '')`,
      'UPDATE audit.entry SET reader = NULL',
      `UPDATE unusual.finding SET reader = ''`,
      'DELETE FROM unusual.finding',
      `UPDATE unusual.verdict SET verdict = 'justified'`,
      'DELETE FROM unusual.verdict',
      'TRUNCATE unusual.verdict',
    ],
    [REDACTOR_ROLE]: [
      `INSERT INTO audit.entry (id, format, salts, commitments) VALUES (gen_random_uuid(), 1, '', '')`,
      'UPDATE audit.entry SET commitments = salts',
      'UPDATE audit.entry SET id = gen_random_uuid()',
      ...['at', 'action', 'outcome', 'generation', 'request_id'].map((column) => `UPDATE audit.entry SET ${column} = NULL`),
      `UPDATE audit.entry SET written_by = '3'`,
      'DELETE FROM audit.entry',
      'TRUNCATE audit.entry',
      'DELETE FROM audit.sealed',
    ],
  };
  it.each(Object.entries(FORBIDDEN).flatMap(([role, statements]) => statements.map((statement) => [role, statement] as const)))(
    '%s may not: %s',
    async (role, statement) => {
      const client = new Client({ connectionString: url, options: `-c role=${role}` });
      await client.connect();
      await expect(client.query(statement)).rejects.toThrow('permission denied');
      await client.end();
    },
  );
});
