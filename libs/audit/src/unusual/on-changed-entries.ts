import type { AuditSight } from '../read/audit-reader.js';
import { FIELDS_FOUND } from '../watch/mismatch.js';
import { COUNTABLE, COUNTED, OPENED } from './what-counts.js';

/**
 * Which of these findings may rest on an entry that was found changed: one of that reader, from that time, about that person where they are about
 * one, which the rule counts; or of which it can't be known whether the rule counted it as it was, or as it was meanwhile.
 */
export async function onChangedEntries(sight: AuditSight, findings: readonly string[]): Promise<Set<string>> {
  const { rows } = await sight.query<{ id: string }>(
    `SELECT id FROM unusual.finding f WHERE id = ANY ($1::uuid[]) AND EXISTS (
       SELECT FROM audit.entry LEFT JOIN audit.sealed s ON s.seq = entry.seq
       WHERE entry.reader = f.reader AND entry.at BETWEEN f.first_at AND f.last_at AND (f.person IS NULL OR entry.person = f.person)
         AND CASE WHEN s.seq IS NULL THEN ${PUT_IN}
             ELSE EXISTS (SELECT FROM audit.mismatch m CROSS JOIN LATERAL (SELECT ${FIELDS_FOUND}) changed (fields)
                          WHERE m.kind <> 'insertion' AND s.index BETWEEN m.index AND coalesce(m.through, m.index) AND ${MAY_COUNT}) END)`,
    [findings],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Before an entry of which it was found that one stands before it which was never sealed. */
const PUT_IN = `EXISTS (SELECT FROM audit.mismatch m JOIN audit.sealed behind ON behind.index = m.index
                WHERE m.kind = 'insertion' AND (entry.written_by, entry.seq) < (behind.written_by, behind.seq))`;

/** By the rule of a finding. Any entry may be one that the rule counted, where it goes by others too. */
const byRule = (which: Partial<Record<string, string>>): string =>
  `CASE f.rule ${Object.keys(COUNTABLE)
    .map((rule) => `WHEN '${rule}' THEN (${which[rule]})`)
    .join(' ')} ELSE true END`;

/** Fields that any of these rules looks at, besides act and outcome. */
const LOOKED_AT = `'{at,requestId,reader,role,person,reason,reference,shown}'`;

/* The hours are not kept that a rule of hours went by. Without fields that are named, or with another act or outcome, an entry may have been any. */
const MAY_COUNT = `(
  ${byRule({ ...COUNTED, outOfHours: OPENED })}
  OR fields IS NULL OR fields && '{format,action,outcome}'
  OR fields && ${LOOKED_AT} AND ${byRule(COUNTABLE)})`;
