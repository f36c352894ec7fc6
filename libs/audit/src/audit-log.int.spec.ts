import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { freshDatabase } from '../../../test/support/fresh.js';
import type { AuditEntry } from './audit-entry.js';
import { AuditLog } from './audit-log.js';
import { type CommittedFields, commitmentsOf, FORMAT_1 } from './commitment.js';
import { WRITER_ROLE } from './create-audit.migration.js';
import { ENTRY_COLUMNS } from './entry.table.js';
import { migrateAudit } from './migrate-audit.js';
import { readAudit } from './read-audit.js';
import { openTerms } from './sealed-terms.js';

const termsKey = randomBytes(32);
const entry = (changed: Partial<AuditEntry> = {}): AuditEntry => ({
  at: Date.now(),
  action: 'viewed-person',
  outcome: 'done',
  requestId: randomUUID(),
  reader: 'amara.okafor',
  role: 'social-worker',
  team: 'Assessment East',
  ...changed,
});

describe('The audit log', () => {
  let url: string;
  let log: AuditLog;
  let owner: Client;
  beforeAll(async () => {
    url = await freshDatabase('audit');
    await migrateAudit(url);
    log = await AuditLog.open({ url, termsKey });
    owner = new Client({ connectionString: url });
    await owner.connect();
  });
  afterAll(async () => {
    await log.close();
    await owner.end();
  });

  it('keeps every field of a record', async () => {
    const full = entry({
      person: randomUUID(),
      subjects: [randomUUID(), randomUUID()],
      reason: 'section 47',
      reference: 'none yet',
      shown: { states: { school: 'involved-now' }, words: 'it’s "quoted", {braced}' },
      freshness: { mosaic: { completeTo: 1, late: false } },
      generation: 3,
    });
    await log.record([full]);
    const [row] = await readAudit(url, { requestId: full.requestId });
    expect(row).toMatchObject(full);
  });

  it('keeps several records of one request in their order', async () => {
    const requestId = randomUUID();
    const people = [randomUUID(), randomUUID(), randomUUID()];
    await log.record(people.map((person) => entry({ person, requestId, action: 'shown-in-results' })));
    expect((await readAudit(url, { requestId })).map(({ person }) => person)).toEqual(people);
  });

  it('keeps what was typed sealed, to be opened with the key alone', async () => {
    const requestId = randomUUID();
    await log.record([entry({ action: 'searched', terms: { familyName: 'Zołądkowska' }, requestId })]);
    const { rows } = await owner.query('SELECT *, stored::text AS whole FROM audit.entry AS stored WHERE request_id = $1', [requestId]);
    expect(rows[0].whole).not.toContain(Buffer.from('Zołądkowska').toString('hex'));
    expect(rows[0].whole).not.toContain('Zołądkowska');
    expect(openTerms(termsKey, rows[0].terms, rows[0].id)).toEqual({ familyName: 'Zołądkowska' });
  });

  it('holds commitments that can be recomputed from the stored row', async () => {
    const requestId = randomUUID();
    await log.record([
      entry({ requestId, person: randomUUID(), subjects: [randomUUID()], shown: { b: 1, a: [] }, terms: { year: '2012' } }),
    ]);
    const { rows } = await owner.query('SELECT * FROM audit.entry WHERE request_id = $1', [requestId]);
    const stored = Object.fromEntries(FORMAT_1.map((field) => [field, rows[0][ENTRY_COLUMNS[field].column]])) as CommittedFields;
    const fields = { ...stored, at: Number(stored.at), terms: (stored.terms as Buffer).toString('base64') };
    expect(commitmentsOf(fields, rows[0].salts).equals(rows[0].commitments)).toBe(true);
  });

  it.each(['SELECT * FROM audit.entry', 'UPDATE audit.entry SET reader = NULL', 'DELETE FROM audit.entry', 'TRUNCATE audit.entry'])(
    'refuses the application’s role: %s',
    async (statement) => {
      const writer = new Client({ connectionString: url, options: `-c role=${WRITER_ROLE}` });
      await writer.connect();
      await expect(writer.query(statement)).rejects.toThrow('permission denied');
      await writer.end();
    },
  );

  it('writes all records of a request or none', async () => {
    const requestId = randomUUID();
    await expect(log.record([entry({ requestId }), entry({ requestId, person: 'no person id' })])).rejects.toThrow('uuid');
    expect(await readAudit(url, { requestId })).toEqual([]);
  });

  it('tells every one of many requests at once of its own entries alone: what one may not have, the others have', async () => {
    const requests = Array.from({ length: 60 }, (_, at) => ({ requestId: randomUUID(), person: randomUUID(), wrong: at % 7 === 3 }));
    const recorded = await Promise.all(
      requests.map(async ({ requestId, person, wrong }) => {
        const entries = [entry({ requestId, person }), entry({ requestId, person, shown: { person }, generation: wrong ? 0.5 : 1 })];
        const taken = await log.record(entries).then(
          () => true,
          () => false,
        );
        const rows = await readAudit(url, { requestId });
        return { taken, rows: rows.map((row) => [row.person, row.shown]) };
      }),
    );
    expect(recorded).toEqual(
      requests.map(({ person, wrong }) => ({
        taken: !wrong,
        rows: wrong
          ? []
          : [
              [person, null],
              [person, { person }],
            ],
      })),
    );
  });

  it('fails, rather than waits for ever, where no store answers', async () => {
    const nowhere = await AuditLog.open({ url: 'postgres://nobody@127.0.0.1:1/none', deadline: 500 });
    await expect(nowhere.record([entry()])).rejects.toThrow(/ECONNREFUSED|timeout/);
    await nowhere.close();
  });

  it('can be migrated again without harm, by several at once', async () => {
    await Promise.all([migrateAudit(url), migrateAudit(url)]);
    const others = await Promise.all([freshDatabase('audit-a'), freshDatabase('audit-b')]);
    await Promise.all(others.map(migrateAudit));
  });
});
