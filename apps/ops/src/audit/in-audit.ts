import { AuditReader } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from '../away.js';
import { opsEnvironment } from '../environment.js';

/** Reads the audit as its reader, who can't write to it, and lets go of it afterwards. @throws AwayError where it can't be reached */
export async function inAudit<Result>(work: (reader: AuditReader) => Promise<Result>): Promise<Result> {
  const { auditReadUrl } = readSettings({ auditReadUrl: settings.auditReadUrl }, opsEnvironment());
  const reader = new AuditReader({ url: auditReadUrl, max: 1 });
  try {
    return await work(reader);
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  } finally {
    await reader.close();
  }
}
