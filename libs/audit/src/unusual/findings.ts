import type { AuditSight } from '../read/audit-reader.js';
import type { Period, Unusual } from './unusual-use.js';

export const VERDICTS = ['justified', 'upheld'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Decision {
  verdict: Verdict;
  reason: string;
  decidedBy: string;
  decidedAt: number;
}

/** Something found, with what was decided about it. */
export interface UnusualFinding extends Unusual {
  id: string;
  foundAt: number;
  /** Open until there is one; the last counts. */
  decision: Decision | null;
}

/** Keeps what was found; what had been found before stays as it is. @param sight of a reviewer @returns how many are new */
export async function keepFindings(sight: AuditSight, found: readonly Unusual[], now: number): Promise<number> {
  const { rows } = await sight.query(
    `INSERT INTO unusual.finding (rule, reader, role, team, person, day, first_at, last_at, counts, found_at)
     SELECT rule, reader, role, team, person, day, "firstAt", "lastAt", counts, $2
     FROM jsonb_to_recordset($1::jsonb)
       AS given (rule text, reader text, role text, team text, person uuid, day date, "firstAt" bigint, "lastAt" bigint, counts jsonb)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [JSON.stringify(found), now],
  );
  return rows.length;
}

/** Findings of a period, newest first. @param o.after only those behind this place */
export async function listFindings(
  sight: AuditSight,
  { from, to }: Period,
  o: { state: 'open' | Verdict | 'any'; limit: number; after?: { at: number; id: string } | null },
): Promise<UnusualFinding[]> {
  const { rows } = await sight.query<UnusualFinding>(
    `SELECT * FROM (${FINDINGS}) f WHERE "lastAt" >= $1 AND "lastAt" < $2
       AND ($3 = 'any' OR coalesce(decision->>'verdict', 'open') = $3) AND ($4::float8 IS NULL OR ("lastAt", id) < ($4, $5::uuid))
     ORDER BY "lastAt" DESC, id DESC LIMIT $6`,
    [from, to, o.state, o.after?.at ?? null, o.after?.id ?? null, o.limit],
  );
  return rows;
}

export async function findingOf(sight: AuditSight, id: string): Promise<(UnusualFinding & { history: Decision[] }) | undefined> {
  const { rows } = await sight.query<UnusualFinding>(`SELECT * FROM (${FINDINGS}) f WHERE id = $1`, [id]);
  if (rows[0] === undefined) return undefined;
  const { rows: history } = await sight.query<Decision>(`SELECT ${DECISION} FROM unusual.verdict WHERE finding = $1 ORDER BY seq`, [id]);
  return { ...rows[0], history };
}

/** How many wait for a decision. */
export async function openFindings(sight: AuditSight): Promise<number> {
  const { rows } = await sight.query<{ open: number }>(
    'SELECT count(*)::int AS open FROM unusual.finding f WHERE NOT EXISTS (SELECT FROM unusual.verdict v WHERE v.finding = f.id)',
  );
  return rows[0]!.open;
}

/** Adds a decision; earlier ones stay. @param sight of a reviewer */
export async function decideFinding(
  sight: AuditSight,
  finding: string,
  { verdict, reason, decidedBy, decidedAt }: Decision,
): Promise<void> {
  await sight.query('INSERT INTO unusual.verdict (finding, verdict, reason, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5)', [
    finding,
    verdict,
    reason,
    decidedBy,
    decidedAt,
  ]);
}

const DECISION = `verdict, reason, decided_by AS "decidedBy", decided_at::float8 AS "decidedAt"`;
const FINDINGS = `
  SELECT id, rule, reader, role, team, person, to_char(day, 'YYYY-MM-DD') AS day, first_at::float8 AS "firstAt", last_at::float8 AS "lastAt",
         counts, found_at::float8 AS "foundAt",
         (SELECT to_jsonb(v) FROM (SELECT ${DECISION} FROM unusual.verdict WHERE finding = finding.id ORDER BY seq DESC LIMIT 1) v) AS decision
  FROM unusual.finding`;
