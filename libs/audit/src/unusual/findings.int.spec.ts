import { randomUUID } from 'node:crypto';
import { freshDatabase } from '../../../../test/support/fresh.js';
import type { AuditEntry } from '../audit-entry.js';
import { AuditLog } from '../audit-log.js';
import { migrateAudit } from '../migrate-audit.js';
import { AuditReader } from '../read/audit-reader.js';
import { findUnusual } from './find-unusual.js';
import { decideFinding, findingOf, keepFindings, listFindings, openFindings } from './findings.js';
import { UnusualUse } from './unusual-use.js';

let log: AuditLog;
let reader: AuditReader;
beforeEach(async () => {
  const url = await freshDatabase('audit');
  await migrateAudit(url);
  log = await AuditLog.open({ url });
  reader = new AuditReader({ url });
});
afterEach(async () => {
  await log?.close();
  await reader?.close();
});

const opened = (when: string, action: AuditEntry['action']): AuditEntry => ({
  at: Date.parse(when),
  action,
  outcome: 'done',
  requestId: randomUUID(),
  reader: 'leah.morgan',
  role: 'social-worker',
  team: 'East',
  person: randomUUID(),
});

test('The worklist keeps a finding once, however often it is found, and every decision about it', async () => {
  await log.record([opened('2026-11-18T23:00Z', 'viewed-person'), opened('2026-11-18T12:00Z', 'overridden')]);
  const period = { from: 0, to: Date.parse('2026-12-01') };
  const all = await reader.read((sight) => findUnusual(sight, period, UnusualUse.parse({})));
  expect(await reader.review((sight) => keepFindings(sight, all, 1))).toBe(2);
  expect(await reader.review((sight) => keepFindings(sight, all, 2))).toBe(0);
  const list = (state: 'open' | 'justified' | 'upheld' | 'any') =>
    reader.read((sight) => listFindings(sight, period, { state, limit: 10 }));
  const [first, second] = await list('open');
  expect([first, second].map((finding) => [finding?.rule, finding?.foundAt, finding?.decision])).toEqual([
    ['outOfHours', 1, null],
    ['overrides', 1, null],
  ]);
  const next = await reader.read((sight) =>
    listFindings(sight, period, { state: 'any', limit: 10, after: { at: first!.lastAt, id: first!.id } }),
  );
  expect(next.map(({ id }) => id)).toEqual([second!.id]);

  const decide = (verdict: 'justified' | 'upheld', decidedAt: number) =>
    reader.review((sight) => decideFinding(sight, first!.id, { verdict, reason: 'asked', decidedBy: 'ig.officer', decidedAt }));
  await decide('justified', 3);
  await decide('upheld', 4);
  expect(await list('open')).toHaveLength(1);
  expect(await list('justified')).toEqual([]);
  expect(await list('upheld')).toMatchObject([{ id: first!.id, decision: { verdict: 'upheld', decidedBy: 'ig.officer' } }]);
  const { history } = (await reader.read((sight) => findingOf(sight, first!.id)))!;
  expect(history.map(({ verdict, decidedAt }) => [verdict, decidedAt])).toEqual([
    ['justified', 3],
    ['upheld', 4],
  ]);
  expect(await reader.read(openFindings)).toBe(1);
});
