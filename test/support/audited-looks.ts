import { randomUUID } from 'node:crypto';
import { type AuditEntry, AuditLog, AuditReader, findUnusual, migrateAudit, type Unusual, UnusualUse } from '#lib/audit';
import { freshDatabase } from './fresh.js';

/** By default a social worker opens somebody new. @param when as a clock in Greenwich shows it */
export const look = (when: string, changed: Partial<AuditEntry> = {}): AuditEntry => ({
  at: Date.parse(`${when}:00Z`),
  action: 'viewed-person',
  outcome: 'done',
  requestId: randomUUID(),
  reader: 'leah.morgan',
  role: 'social-worker',
  team: 'East',
  person: randomUUID(),
  ...changed,
});

export const looks = (count: number, when: string, changed: Partial<AuditEntry> = {}): AuditEntry[] =>
  Array.from({ length: count }, () => look(when, changed));

/** An audit of its own, and what is unusual in it. */
export class AuditedLooks {
  private constructor(
    readonly log: AuditLog,
    readonly reader: AuditReader,
  ) {}

  static async open(): Promise<AuditedLooks> {
    const url = await freshDatabase('audit');
    await migrateAudit(url);
    return new AuditedLooks(await AuditLog.open({ url }), new AuditReader({ url }));
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.reader.close();
  }

  /** What is unusual once these are recorded as well. */
  async found(entries: AuditEntry[], use: object = {}, period = { from: '2026-03-01', to: '2026-12-01' }): Promise<Unusual[]> {
    await this.log.record(entries);
    const [from, to] = [Date.parse(period.from), Date.parse(period.to)];
    return this.reader.read((sight) => findUnusual(sight, { from, to }, UnusualUse.parse(use)));
  }
}
