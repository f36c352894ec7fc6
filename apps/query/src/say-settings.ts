import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import type { AuditLog } from '#lib/audit';
import { beginToUse, versionInUse } from '#lib/kept';
import type { Logger } from '#lib/runtime';

/**
 * Says by which settings people are read from now on: which version of the history they are, or that nobody has applied them. It is on record
 * when a version is used for the first time; where it can't be now, the next start says it.
 */
export async function saySettings(
  file: string,
  { sessions, audit, logger }: { sessions: Pool; audit: AuditLog; logger: Logger },
): Promise<void> {
  const client = await sessions.connect();
  try {
    const { version, digest, appliedBy, inUseSince } = await versionInUse(client, JSON.parse(readFileSync(file, 'utf8')));
    logger.info({ version, digest, appliedBy }, 'people are read by this version of the settings');
    if (inUseSince !== null) return;
    const shown = { inUse: version, digest, applied: appliedBy !== null };
    await audit.record([{ at: Date.now(), action: 'changed-settings', outcome: 'done', requestId: randomUUID(), shown }]);
    await beginToUse(client, version);
  } catch (err) {
    logger.error({ err }, 'it is not on record by which settings people are read');
  } finally {
    client.release();
  }
}
