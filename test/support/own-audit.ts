/** An audit log of its own, with a signing key and a second place of its own, as the commands of operations are told of them. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditEntry, AuditLog, migrateAudit } from '#lib/audit';
import { freshDatabase } from './fresh.js';

/** Where there is neither database nor second place: what still works there works offline. */
export const NOWHERE = { ENVIRONMENT_FILE: '/nowhere', AUDIT_URL: 'postgres://nobody@127.0.0.1:1/none', AUDIT_CHECKPOINT_DIR: '/nowhere' };

export const signingKey = (): string => randomBytes(32).toString('base64');

export class OwnAudit {
  private constructor(
    private readonly folder: string,
    readonly url: string,
    readonly log: AuditLog,
    readonly env: Record<string, string>,
  ) {}

  static async open(): Promise<OwnAudit> {
    const folder = await mkdtemp(join(tmpdir(), 'audit-'));
    const url = await freshDatabase('audit');
    await migrateAudit(url);
    return new OwnAudit(folder, url, await AuditLog.open({ url }), {
      ENVIRONMENT_FILE: join(folder, 'none.json'),
      AUDIT_URL: url,
      AUDIT_CHECKPOINT_DIR: join(folder, 'pushed'),
      AUDIT_SIGNING_KEY: signingKey(),
      AUDIT_LOG_NAME: 'test.example/audit',
    });
  }

  /** What was pushed to the second place. */
  get pushed(): string {
    return this.file('pushed/checkpoints.jsonl');
  }

  /** A file for this test alone. */
  file(name: string): string {
    return join(this.folder, name);
  }

  /** Somebody looks at a person. */
  record(changed: Partial<AuditEntry> = {}): Promise<void> {
    return this.log.record([
      { at: Date.now(), action: 'viewed-person', outcome: 'done', requestId: randomUUID(), reader: 'amara.okafor', ...changed },
    ]);
  }

  async close(): Promise<void> {
    await this.log.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
