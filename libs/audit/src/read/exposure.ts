import { AUDIT_ACTIONS, type AuditAction } from '../audit-entry.js';
import { type AuditRow, ROW } from '../read-audit.js';
import type { Together } from './ask-audit.js';
import type { AuditSight } from './audit-reader.js';

/** Acts upon a person's records that show nothing of them themselves. */
export const ACTED: readonly AuditAction[] = ['declared-known', 'reported-problem', 'answered-problem'];
/** What shows somebody. */
export const SHOWED: readonly AuditAction[] = AUDIT_ACTIONS.filter(
  (action) => /^(shown|viewed|opened|exported|printed|overridden)/.test(action) && action !== 'viewed-source',
);

/** A record that was shown as of one person with others. */
export interface RecordShown {
  subject: string;
  looks: number;
  first: number;
  last: number;
}

/**
 * With which other records were these ever shown as of one person? The most often shown first.
 * @param other only where one of these was shown with them as well @param limit so many at most
 */
export async function shownWith(
  sight: AuditSight,
  { one, other }: Pick<Together, 'one'> & Partial<Together>,
  limit: number,
): Promise<RecordShown[]> {
  const { rows } = await sight.query<RecordShown>(
    `SELECT subject, count(*)::int AS looks, min(at)::float8 AS first, max(at)::float8 AS last
     FROM audit.entry, unnest(subjects) AS subject
     WHERE subjects && $1::uuid[] AND ($2::uuid[] IS NULL OR subjects && $2::uuid[]) AND action = ANY ($3::text[])
       AND NOT subject = ANY ($1::uuid[] || coalesce($2::uuid[], '{}'))
     GROUP BY subject ORDER BY looks DESC, subject LIMIT $4`,
    [one, other ?? null, SHOWED, limit],
  );
  return rows;
}

/** How far two people were shown as one. Times in milliseconds since 1970; null: never. */
export interface Exposure {
  /** Entries, and the answers they were part of. */
  looks: number;
  answers: number;
  printed: number;
  exported: number;
  first: number | null;
  last: number | null;
  /** The last look before that, and the first after, that showed either of them without the other. */
  apartBefore: number | null;
  apartAfter: number | null;
  /** Such looks in between: they were not one person throughout. */
  apartBetween: number;
  /** How many readers in all; of those who were shown most, what each was. */
  readerCount: number;
  readers: ReaderExposure[];
}

/** What one reader was shown; null: who it was has been taken out. Roles and teams as they were then. */
export interface ReaderExposure {
  reader: string | null;
  roles: string[];
  teams: string[];
  looks: number;
  answers: number;
  printed: number;
  exported: number;
  first: number;
  last: number;
}

const COUNTED = `
  count(*)::int AS looks, count(DISTINCT request_id)::int AS answers, count(*) FILTER (WHERE action = 'printed')::int AS printed,
  count(*) FILTER (WHERE action = 'exported')::int AS exported, min(at)::float8 AS first, max(at)::float8 AS last`;

/** Counts over the whole log, however long ago. @param most readers told of at most */
export async function exposureOf(sight: AuditSight, { one, other }: Together, most: number): Promise<Exposure> {
  const values = [one, other, SHOWED];
  const { rows: readers } = await sight.query<ReaderExposure>(
    `SELECT reader, array_remove(array_agg(DISTINCT role), NULL) AS roles, array_remove(array_agg(DISTINCT team), NULL) AS teams, ${COUNTED}
     FROM audit.entry WHERE subjects && $1::uuid[] AND subjects && $2::uuid[] AND action = ANY ($3::text[])
     GROUP BY reader ORDER BY looks DESC, reader LIMIT $4`,
    [...values, most],
  );
  const { rows: whole } = await sight.query<Omit<Exposure, 'readers'>>(
    `WITH looks AS MATERIALIZED (
       SELECT at, action, request_id, reader, subjects && $1::uuid[] AND subjects && $2::uuid[] AS together
       FROM audit.entry WHERE subjects && ($1::uuid[] || $2::uuid[]) AND action = ANY ($3::text[])),
     shown AS (SELECT ${COUNTED}, count(DISTINCT coalesce(reader, ''))::int AS "readerCount" FROM looks WHERE together)
     SELECT shown.*, (SELECT max(at)::float8 FROM looks WHERE NOT together AND at < first) AS "apartBefore",
            (SELECT min(at)::float8 FROM looks WHERE NOT together AND at > last) AS "apartAfter",
            (SELECT count(*)::int FROM looks WHERE NOT together AND at BETWEEN first AND last) AS "apartBetween"
     FROM shown`,
    values,
  );
  return { ...whole[0]!, readers };
}

/**
 * Looks at these people that do not say of which records they were made: they may have shown two people as one. With them, looks at anybody of which
 * that was taken out: as one, two people may have had a third one's id. Newest first. @param persons every id the people have had @param limit so many at most
 */
export async function untold(sight: AuditSight, persons: readonly string[], limit: number): Promise<AuditRow[]> {
  const { rows } = await sight.query<AuditRow>(
    `SELECT ${ROW} FROM audit.entry
     WHERE (outcome = 'done' OR (action = 'opened-panel' AND shown->>'state' IS NOT NULL)) AND action = ANY ($2::text[]) AND coalesce(cardinality(subjects), 0) = 0
       AND coalesce(shown->>'page', '') NOT LIKE 'audit/%' AND NOT coalesce(shown ? 'verb', false)
       AND (person = ANY ($1::uuid[]) OR (redacted <> '{}' AND redacted && '{subjects}'))
     ORDER BY at DESC, seq DESC LIMIT $3`,
    [persons, SHOWED, limit],
  );
  return rows;
}
