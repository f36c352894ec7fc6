import type { AuditAction, AuditOutcome } from '../audit-entry.js';
import { type AuditRow, ROW } from '../read-audit.js';
import type { AuditSight } from './audit-reader.js';
import { REASON_ASKED, REASON_FOLLOWED } from './reason-asked.js';

/** Which entries are meant; what is left out fits any. */
export interface AuditQuestion {
  /** Milliseconds since 1970; `to` is no longer in it. */
  from: number;
  to: number;
  /** About one person: by any id they have had, or by any of their records. */
  about?: { persons: readonly string[]; subjects: readonly string[] };
  /** Made of a record of each of two people, as of one person. */
  together?: Together;
  reader?: string;
  /** As it was then. */
  team?: string;
  actions?: readonly AuditAction[];
  outcome?: AuditOutcome;
  /** Those at which nothing was shown, by why. */
  denied?: Denied;
  /** Looks for which one of these reasons was given. */
  reasons?: readonly string[];
  /** Those who read this log: its pages, its verbs, its exports. */
  readsAudit?: true;
}

/** `refused`: no right to it. `asked`: a reason was asked first, whatever became of it; given within the hour, or not. */
const DENIED = {
  refused: `outcome = 'denied' AND NOT ${REASON_ASKED}`,
  asked: REASON_ASKED,
  given: `${REASON_ASKED} AND ${REASON_FOLLOWED}`,
  'not-given': `${REASON_ASKED} AND NOT ${REASON_FOLLOWED}`,
} as const;
export type Denied = keyof typeof DENIED;

/** Subject tokens of the records of two people. */
export interface Together {
  one: readonly string[];
  other: readonly string[];
}

/** A place in the list: what comes behind it is older. */
export interface Place {
  at: number;
  seq: number;
}

/** Entries, newest first. @param o.limit so many at most @param o.after only those behind this place */
export async function askAudit(
  sight: AuditSight,
  question: AuditQuestion,
  o: { limit: number; after?: Place | null },
): Promise<AuditRow[]> {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const where = conditionsOf(question, value);
  if (o.after) where.push(`(at, seq) < (${value(o.after.at)}, ${value(o.after.seq)})`);
  const { rows } = await sight.query<AuditRow>(
    `SELECT ${ROW} FROM audit.entry WHERE ${where.join(' AND ')} ORDER BY at DESC, seq DESC LIMIT ${value(o.limit)}`,
    values,
  );
  return rows;
}

/** All of them, page by page. */
export async function* askAuditForAll(
  read: <Result>(work: (sight: AuditSight) => Promise<Result>) => Promise<Result>,
  question: AuditQuestion,
): AsyncGenerator<AuditRow> {
  let after: Place | null = null;
  for (;;) {
    const rows: AuditRow[] = await read((sight) => askAudit(sight, question, { limit: PAGE, after }));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last;
  }
}
const PAGE = 1_000;

/** One entry, and what was typed for it, still sealed; undefined: there is none of that id. */
export async function auditEntry(sight: AuditSight, id: string): Promise<{ row: AuditRow; terms: Buffer | null } | undefined> {
  const { rows } = await sight.query<AuditRow & { terms: Buffer | null }>(`SELECT ${ROW}, terms FROM audit.entry WHERE id = $1`, [id]);
  if (rows[0] === undefined) return undefined;
  const { terms, ...row } = rows[0];
  return { row, terms };
}

const READS_AUDIT = `(action = 'read-audit' OR (action = 'exported' AND (shown ? 'verb' OR shown->>'page' LIKE 'audit/%')))`;

function conditionsOf(question: AuditQuestion, value: (given: unknown) => string): string[] {
  const { from, to, about, together, reader, team, actions, outcome, denied, reasons, readsAudit } = question;
  return [
    `at >= ${value(from)}`,
    `at < ${value(to)}`,
    ...(about ? [`(person = ANY (${value(about.persons)}::uuid[]) OR subjects && ${value(about.subjects)}::uuid[])`] : []),
    ...(together ? [together.one, together.other].map((subjects) => `subjects && ${value(subjects)}::uuid[]`) : []),
    ...(reader === undefined ? [] : [`reader = ${value(reader)}`]),
    ...(team === undefined ? [] : [`team = ${value(team)}`]),
    ...(actions ? [`action = ANY (${value(actions)}::text[])`] : []),
    ...(outcome ? [`outcome = ${value(outcome)}`] : []),
    ...(denied ? [DENIED[denied]] : []),
    ...(reasons ? ['reason IS NOT NULL', `reason = ANY (${value(reasons)}::text[])`] : []),
    ...(readsAudit ? [READS_AUDIT] : []),
    ...notable(question),
  ];
}

/** Says the partial index's own condition, so that it is used. */
const notable = ({ denied, actions, readsAudit }: AuditQuestion): string[] =>
  denied || readsAudit || actions?.every((action) => action === 'overridden')
    ? [`(outcome = 'denied' OR action IN ('overridden', 'read-audit', 'exported'))`]
    : [];
