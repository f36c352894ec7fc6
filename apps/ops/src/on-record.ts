import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { type AuditAction, AuditLog, type AuditOutcome } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from './away.js';
import { opsEnvironment } from './environment.js';
import { WrongUseError } from './errors.js';

/**
 * Does something once it is on record who does it and why: no record, no act. What is refused, or fails, is on record as well.
 * @param what in codes and counts @param act is told who: the shell's user @param action as which it is on record
 * @throws AwayError where the audit store can't take it; whatever `act` throws
 */
export async function onRecord<Result>(
  verb: string,
  reason: string,
  what: Record<string, unknown>,
  act: (who: string) => Promise<Result>,
  action: AuditAction = 'operated',
): Promise<Result> {
  const { auditUrl } = readSettings({ auditUrl: settings.auditUrl }, opsEnvironment());
  const { username } = userInfo();
  const audit = await AuditLog.open({ url: auditUrl, max: 1 });
  const requestId = randomUUID();
  const record = (outcome: AuditOutcome, shown: Record<string, unknown>) =>
    audit.record([{ at: Date.now(), action, outcome, requestId, reader: username, role: 'operations', reason, shown }]);
  try {
    await recorded(record('done', { verb, ...what }));
    try {
      return await act(username);
    } catch (error) {
      await recorded(record('refused', { verb, ...what, refused: (error as { code?: unknown }).code ?? 'failed' }));
      throw error;
    }
  } finally {
    await audit.close();
  }
}

async function recorded(record: Promise<void>): Promise<void> {
  try {
    await record;
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  }
}

/** The reason that goes on record. @throws WrongUseError where none was given */
export function reasonOf({ reason }: { reason?: string }): string {
  if (reason === undefined || reason.trim() === '')
    throw new WrongUseError('Say why: --reason "…". It goes on record, together with who you are, before anything is done.');
  return reason.trim();
}
