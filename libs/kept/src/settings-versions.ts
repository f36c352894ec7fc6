import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

/** One version of the authority's settings; none is ever changed or removed. */
export interface SettingsVersion {
  version: number;
  digest: string;
  keptAt: number;
  /** Both null where a process found settings that nobody had applied. */
  appliedBy: string | null;
  reason: string | null;
  /** Since when people are read by them; null: not yet. */
  inUseSince: number | null;
}

/** SHA-256 of settings, whatever the spaces of their file: the order of what is in them counts. */
export const settingsDigest = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

const COLUMNS = `version, digest, kept_at::float8 AS "keptAt", applied_by AS "appliedBy", reason, in_use_since::float8 AS "inUseSince"`;

/** Newest first. */
export async function settingsVersions(client: ClientBase): Promise<SettingsVersion[]> {
  return (await client.query<SettingsVersion>(`SELECT ${COLUMNS} FROM kept.settings ORDER BY version DESC`)).rows;
}

/** What a version says, as it stood in the file; undefined where there is no such version. */
export async function settingsOf(client: ClientBase, version: number): Promise<unknown> {
  const { rows } = await client.query<{ content: unknown }>('SELECT content FROM kept.settings WHERE version = $1', [version]);
  return rows[0]?.content;
}

/**
 * Keeps settings as the newest version.
 * @param o.by who, and why; null where nobody has said
 * @param o.also done in the same transaction: where it fails, nothing is kept
 */
export function applySettings(
  client: ClientBase,
  content: unknown,
  o: { by: string | null; reason: string | null; also?: () => void },
): Promise<SettingsVersion> {
  return alone(client, async () => {
    const kept = await keep(client, content, o);
    o.also?.();
    return kept;
  });
}

/** The version that these settings are: the newest, or one that is kept now because nobody has applied them. */
export function versionInUse(client: ClientBase, content: unknown): Promise<SettingsVersion> {
  return alone(client, async () => {
    const [newest] = (await client.query<SettingsVersion>(`SELECT ${COLUMNS} FROM kept.settings ORDER BY version DESC LIMIT 1`)).rows;
    return newest?.digest === settingsDigest(content) ? newest : keep(client, content, { by: null, reason: null });
  });
}

/** Notes that people are read by a version from now on; the first to say so counts. */
export async function beginToUse(client: ClientBase, version: number, now = Date.now()): Promise<void> {
  await client.query('UPDATE kept.settings SET in_use_since = $2 WHERE version = $1 AND in_use_since IS NULL', [version, now]);
}

async function keep(client: ClientBase, content: unknown, o: { by: string | null; reason: string | null }): Promise<SettingsVersion> {
  const { rows } = await client.query<SettingsVersion>(
    `INSERT INTO kept.settings (version, digest, content, kept_at, applied_by, reason)
     SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5 FROM kept.settings RETURNING ${COLUMNS}`,
    [settingsDigest(content), JSON.stringify(content), Date.now(), o.by, o.reason],
  );
  return rows[0]!;
}

/** Two processes that start, or a start and an apply, number their versions one after the other. */
async function alone<Result>(client: ClientBase, act: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN');
  try {
    await client.query('LOCK TABLE kept.settings IN SHARE ROW EXCLUSIVE MODE');
    const result = await act();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
