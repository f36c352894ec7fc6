/** A finding may rest on a changed entry that its rule counts, or may have counted; on no other. */
import { randomUUID } from 'node:crypto';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { SealedAndChecked } from '../../../../test/support/sealed-and-checked.js';
import type { AuditEntry } from '../audit-entry.js';
import { AuditLog } from '../audit-log.js';
import { migrateAudit } from '../migrate-audit.js';
import { keepFindings } from './findings.js';
import { onChangedEntries } from './on-changed-entries.js';
import type { UnusualRule } from './unusual-use.js';

const AT = Date.parse('2026-11-18T12:00Z');
const PERSON = randomUUID();
const OPENED = { action: 'viewed-person', person: PERSON, reason: 'section-47', reference: 'C-1' } as const;
const UNASKED = { ...OPENED, reason: null, reference: null } as const;
const BESIDE = { ...OPENED, shown: { of: randomUUID() } } as const;
const LISTED = { action: 'shown-in-results', person: PERSON } as const;
const OVERRIDDEN = { ...OPENED, action: 'overridden' } as const;
const READ = { action: 'read-audit', person: PERSON, shown: { page: 'audit/looks' } } as const;

const withoutSalt = (field: number) => `salts = overlay(salts PLACING '\\x${'00'.repeat(16)}' FROM ${field * 16 + 1})`;
const REASON_TAKEN_OUT = `reason = NULL, redacted = '{reason}', ${withoutSalt(9)}`;

/** What was changed of what, and whether a finding of the rule is marked by it. */
const CASES: [UnusualRule, Partial<AuditEntry>, string, boolean][] = [
  ['volume', OPENED, `team = 'West'`, true],
  ['volume', OPENED, `action = 'read-audit'`, true],
  ['volume', READ, `shown = NULL, reason = 'other'`, false],
  ['volume', READ, `action = 'signed-in'`, true],
  ['volume', READ, REASON_TAKEN_OUT, false],
  ['volume', READ, `commitments = overlay(commitments PLACING '\\x0000' FROM 1)`, true],
  ['volume', READ, `salts = ''`, true],
  ['volume', BESIDE, `team = 'West'`, false],
  ['volume', BESIDE, `shown = '{"of": "somebody"}'`, true],
  ['self', OPENED, `reason = 'other'`, true],
  ['self', LISTED, `reason = 'other'`, false],
  ['sameSurname', LISTED, `reason = 'other'`, false],
  ['sameHousehold', LISTED, `reason = 'other'`, false],
  ['listed', LISTED, `reason = 'other'`, true],
  ['listed', OPENED, `reason = 'other'`, false],
  ['outsideCaseload', UNASKED, `team = 'West'`, false],
  ['outsideCaseload', OPENED, REASON_TAKEN_OUT, true],
  ['thinReasons', OPENED, `team = 'West'`, false],
  ['thinReasons', OPENED, `reference = 'C-2'`, true],
  // By which hours it was found is not kept.
  ['outOfHours', OPENED, `team = 'West'`, true],
  ['outOfHours', READ, `at = at - 1`, false],
  ['overrides', OVERRIDDEN, `reason = 'other'`, true],
  ['overrides', OPENED, `reason = 'other'`, false],
  // What else the reader did is why a refusal is counted, or is not.
  ['refusals', OPENED, `reason = 'other'`, true],
  ['knownPerson', { action: 'declared-known', person: PERSON }, `team = 'West'`, true],
];
const readerOf = (at: number) => `reader.${at}`;

let sealed: SealedAndChecked;
const marked = new Set<string>();
beforeAll(async () => {
  const url = await freshDatabase('audit');
  await migrateAudit(url);
  sealed = await SealedAndChecked.open(url);
  const log = await AuditLog.open({ url });
  for (const [at, [, entry]] of CASES.entries())
    await log.record([{ action: 'searched', at: AT, outcome: 'done', requestId: randomUUID(), reader: readerOf(at), ...entry }]);
  await log.close();
  const alone = { role: null, team: null, person: null, day: '2026-11-18', firstAt: AT - 1_000, lastAt: AT + 1_000, counts: {} };
  const found = CASES.map(([rule], at) => ({ ...alone, rule, reader: readerOf(at) }));
  await keepFindings(sealed.owner, found, AT);
  await sealed.run();
  expect(await readersMarked()).toEqual([]);
  for (const [at, [, , change]] of CASES.entries())
    await sealed.owner.query(`UPDATE audit.entry SET ${change} WHERE reader = '${readerOf(at)}'`);
  await sealed.run();
  for (const reader of await readersMarked()) marked.add(reader);
});
afterAll(() => sealed?.close());

async function readersMarked(): Promise<string[]> {
  const { rows } = await sealed.owner.query<{ id: string; reader: string }>('SELECT id, reader FROM unusual.finding');
  const ids = await onChangedEntries(
    sealed.owner,
    rows.map(({ id }) => id),
  );
  return rows.filter(({ id }) => ids.has(id)).map(({ reader }) => reader);
}

it.each(CASES.map((one, at) => [...one, at] as const))(
  '%s, of %j, of which was changed: %s; marked: %s',
  (_rule, _entry, _change, is, at) => {
    expect(marked.has(readerOf(at))).toBe(is);
  },
);
