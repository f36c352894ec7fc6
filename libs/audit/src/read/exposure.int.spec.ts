import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { freshDatabase } from '../../../../test/support/fresh.js';
import type { AuditEntry } from '../audit-entry.js';
import { AuditLog } from '../audit-log.js';
import { migrateAudit } from '../migrate-audit.js';
import { AuditReader, type AuditSight } from './audit-reader.js';
import { exposureOf, shownWith, untold } from './exposure.js';

let url: string;
let log: AuditLog;
let reader: AuditReader;
beforeAll(async () => {
  url = await freshDatabase('audit');
  await migrateAudit(url);
  log = await AuditLog.open({ url, termsKey: randomBytes(32) });
  reader = new AuditReader({ url });
});
afterAll(async () => {
  await log?.close();
  await reader?.close();
});

/** By their names the third would come first. */
const [third, one, other] = [randomUUID(), randomUUID(), randomUUID()].sort() as [string, string, string];
async function look(at: number, subjects: string[], entry: Partial<AuditEntry> = {}): Promise<void> {
  await log.record([{ at, action: 'viewed-person', outcome: 'done', requestId: `r${at}`, reader: 'a.b', subjects, ...entry }]);
}
const together = { one: [one], other: [other] };

test('how far two were shown as one is counted by reader, by answer and by how, between the looks that showed them apart', async () => {
  await look(10, [one]);
  await look(20, [other]);
  await look(30, [one, other], { role: 'duty', team: 'East' });
  await look(30, [one, other], { action: 'printed', role: 'duty', team: 'East' });
  await look(40, [one]);
  await look(50, [other, one, third], { reader: 'c.d' });
  await look(50, [other, one], { action: 'reported-problem', reader: 'c.d' });
  await look(60, [other]);
  await look(70, [one]);
  const exposure = await reader.read((sight) => exposureOf(sight, together, 10));
  expect(exposure).toMatchObject({ looks: 3, answers: 2, printed: 1, exported: 0, first: 30, last: 50, readerCount: 2 });
  expect(exposure).toMatchObject({ apartBefore: 20, apartAfter: 60, apartBetween: 1 });
  expect(exposure.readers).toMatchObject([
    { reader: 'a.b', roles: ['duty'], teams: ['East'], looks: 2, answers: 1, printed: 1 },
    { reader: 'c.d', roles: [], looks: 1, answers: 1, printed: 0 },
  ]);
  expect((await reader.read((sight) => exposureOf(sight, together, 1))).readers).toHaveLength(1);
});

test('with whom somebody was shown as one is told record by record, of two as well', async () => {
  expect(await reader.read((sight) => shownWith(sight, { one: [one] }, 10))).toEqual([
    { subject: other, looks: 3, first: 30, last: 50 },
    { subject: third, looks: 1, first: 50, last: 50 },
  ]);
  expect((await reader.read((sight) => shownWith(sight, together, 10))).map(({ subject }) => subject)).toEqual([third]);
});

test('a look that names nobody’s records may belong there only where it showed something', async () => {
  const person = randomUUID();
  const left = async (entry: Partial<AuditEntry>) => look(100, [], { person, ...entry });
  await left({ requestId: 'panel', action: 'opened-panel', outcome: 'nothing-found', shown: { state: 'nothing-found' } });
  await left({ requestId: 'no such panel', action: 'opened-panel', outcome: 'nothing-found', shown: { state: null } });
  await left({ requestId: 'nobody', outcome: 'nothing-found' });
  await left({ requestId: 'denied', outcome: 'denied' });
  await left({ requestId: 'reason', action: 'gave-reason' });
  await left({ requestId: 'officer', action: 'exported', shown: { page: 'audit/person' } });
  expect((await reader.read((sight) => untold(sight, [person], 10))).map(({ requestId }) => requestId)).toEqual(['panel']);
});

test('none of it reads the whole log', async () => {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  await owner.query(
    `INSERT INTO audit.entry (id, at, action, outcome, reader, person, subjects, request_id, format, salts, commitments)
     SELECT gen_random_uuid(), at, 'viewed-person', 'done', 'x.y', md5('p' || at % 5000)::uuid, ARRAY[md5('s' || at % 5000)::uuid], '', 1, '', ''
     FROM generate_series(1, 30000) AS at`,
  );
  await owner.query('ANALYZE audit.entry');
  const plans: string[] = [];
  /** Shows how each statement would be run, and runs it. */
  const explaining = (sight: AuditSight) =>
    ({
      query: async (text: string, values: unknown[]) => {
        const { rows } = await owner.query<Record<string, string>>(`EXPLAIN ${text}`, values);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
        return sight.query(text, values);
      },
    }) as AuditSight;
  await reader.read((sight) => exposureOf(explaining(sight), together, 10));
  await reader.read((sight) => shownWith(explaining(sight), together, 10));
  await reader.read((sight) => untold(explaining(sight), [randomUUID()], 10));
  await owner.end();
  expect(plans).toHaveLength(4);
  for (const plan of plans) expect(plan).not.toContain('Seq Scan on entry');
});
