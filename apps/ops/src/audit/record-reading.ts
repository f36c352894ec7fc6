import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { AuditLog } from '#lib/audit';
import { saidOfDatabase } from '../away.js';

/**
 * Puts on record that the audit log is read or exported; the shell's user stands for who. @param what in codes and counts; `records` 0: nothing was found
 * @throws AwayError where the audit store can't take it: then nothing may be shown
 */
export async function recordReading(
  url: string,
  { person, reader, ...what }: { records?: number; person?: string; reader?: string } & Record<string, unknown>,
  o: { action: 'read-audit' | 'exported'; reason?: string } = { action: 'read-audit' },
): Promise<void> {
  const audit = await AuditLog.open({ url, max: 1 });
  try {
    await audit.record([
      {
        at: Date.now(),
        action: o.action,
        outcome: what.records === 0 ? 'nothing-found' : 'done',
        requestId: randomUUID(),
        reader: userInfo().username,
        role: 'operations',
        person: person ?? null,
        reason: o.reason ?? null,
        shown: { ...what, ...(reader !== undefined && { reader }) },
      },
    ]);
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  } finally {
    await audit.close();
  }
}
