import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { AuditLog } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from './away.js';
import { opsEnvironment } from './environment.js';
import { WrongUseError } from './errors.js';

/**
 * Puts on record who does what and why. Nothing may be done before this returns: no record, no act.
 * @param what in codes and counts @returns who: the shell's user
 * @throws AwayError where the audit store can't take it
 */
export async function onRecord(verb: string, reason: string, what: Record<string, unknown> = {}): Promise<string> {
  const { auditUrl } = readSettings({ auditUrl: settings.auditUrl }, opsEnvironment());
  const { username } = userInfo();
  const audit = await AuditLog.open({ url: auditUrl, max: 1 });
  try {
    await audit.record([
      {
        at: Date.now(),
        action: 'operated',
        outcome: 'done',
        requestId: randomUUID(),
        reader: username,
        role: 'operations',
        reason,
        shown: { verb, ...what },
      },
    ]);
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  } finally {
    await audit.close();
  }
  return username;
}

/** The reason that goes on record. @throws WrongUseError where none was given */
export function reasonOf({ reason }: { reason?: string }): string {
  if (reason === undefined || reason.trim() === '')
    throw new WrongUseError('Say why: --reason "…". It goes on record, together with who you are, before anything is done.');
  return reason.trim();
}
