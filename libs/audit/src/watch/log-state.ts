import { Client } from 'pg';
import type { AuditSight } from '../read/audit-reader.js';
import { type FoundMismatch, readFound, waiting } from './found-mismatches.js';
import { WATCHER_ROLE } from './watch-audit.migration.js';

/** How the log fares, as far as the last checks say; null: it was not checked yet. Milliseconds since 1970. */
export interface LogState {
  /** When its newest entries were last begun to be checked, of those checks that have ended. */
  newestAt: number | null;
  /** The same of the whole log, and how many entries that were. */
  wholeAt: number | null;
  wholeEntries: number | null;
  /** What nobody has acknowledged, the first bad index first; and what somebody has. */
  waiting: FoundMismatch[];
  acknowledged: FoundMismatch[];
}

type Watched = Pick<LogState, 'newestAt' | 'wholeAt' | 'wholeEntries'>;
type Row = Watched & Omit<FoundMismatch, 'id' | 'acknowledged'> & { id: string | null; at: number | null; by: string; words: string };

/** What pages show, from the copy in the database: one statement. */
export async function readLogState(sight: AuditSight): Promise<LogState> {
  const { rows } = await sight.query<Row>(STATE);
  const { newestAt, wholeAt, wholeEntries } = rows[0]!;
  const found = rows.flatMap(({ id, index, through, kind, says, foundAt, at, by, words }): FoundMismatch[] =>
    id === null ? [] : [{ id, index, through, kind, says, foundAt, acknowledged: at === null ? null : { at, by, words } }],
  );
  const acknowledged = found.filter((one) => one.acknowledged !== null);
  return { newestAt, wholeAt, wholeEntries, waiting: waiting(found), acknowledged };
}

/** Makes the copy in the database what stands at the second place, whatever was done to it since. @param client acting as the watcher */
export async function copyFound(client: Pick<Client, 'query'>, found: readonly FoundMismatch[]): Promise<void> {
  await client.query('DELETE FROM audit.mismatch WHERE id <> ALL($1::text[])', [found.map(({ id }) => id)]);
  if (found.length === 0) return;
  const rows = found.map(({ acknowledged, foundAt, ...one }) => ({
    ...one,
    found_at: foundAt,
    acknowledged_at: acknowledged?.at ?? null,
    acknowledged_by: acknowledged?.by ?? null,
    words: acknowledged?.words ?? null,
  }));
  await client.query(COPY, [JSON.stringify(rows)]);
}

/** The same, by itself. @param url of a role that may act as the watcher */
export async function copyFoundFrom(folder: string, url: string): Promise<void> {
  const client = new Client({ connectionString: url, options: `-c role=${WATCHER_ROLE}` });
  await client.connect();
  try {
    await copyFound(client, await readFound(folder));
  } finally {
    await client.end();
  }
}

/** Notes when checks that have ended were begun. @param client acting as the watcher */
export async function noteChecked(
  client: Pick<Client, 'query'>,
  o: Pick<LogState, 'newestAt' | 'wholeAt' | 'wholeEntries'>,
): Promise<void> {
  await client.query(CHECKED, [o.newestAt, o.wholeAt, o.wholeEntries]);
}

/* A row at least, whether or not anything was checked or found. */
const STATE = `
  SELECT newest_at::float8 AS "newestAt", whole_at::float8 AS "wholeAt", whole_entries::float8 AS "wholeEntries",
         id, index::float8 AS index, through::float8 AS through, kind, says, found_at::float8 AS "foundAt", acknowledged_at::float8 AS at,
         acknowledged_by AS by, words
  FROM (SELECT) one LEFT JOIN audit.watch ON true LEFT JOIN audit.mismatch ON true ORDER BY found_at, index, id`;
const COPY = `
  INSERT INTO audit.mismatch SELECT * FROM jsonb_populate_recordset(NULL::audit.mismatch, $1::jsonb)
  ON CONFLICT (id) DO UPDATE SET (index, through, kind, says, found_at, acknowledged_at, acknowledged_by, words) = (
    excluded.index, excluded.through, excluded.kind, excluded.says, excluded.found_at, excluded.acknowledged_at, excluded.acknowledged_by,
    excluded.words)`;
const CHECKED = `
  INSERT INTO audit.watch (newest_at, whole_at, whole_entries) VALUES ($1, $2, $3)
  ON CONFLICT (one) DO UPDATE SET (newest_at, whole_at, whole_entries) = (excluded.newest_at, excluded.whole_at, excluded.whole_entries)`;
