import { existsSync } from 'node:fs';
import { Option, SubCommand } from 'nest-commander';
import { z } from 'zod';
import { AuditLog } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { saidOfDatabase } from '../away.js';
import { opsEnvironment } from '../environment.js';
import { WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

const auditTermsKey = {
  env: 'AUDIT_TERMS_KEY',
  doc: 'The key of the query service whose spool it is; 32 bytes in base64.',
  schema: z.string().transform((text) => Buffer.from(text, 'base64')),
};
/** Only this command drains: nothing by the clock. */
const NEVER = 2 ** 31 - 1;

@SubCommand({
  name: 'drain',
  description:
    'Brings the spool of a query service that is gone into the audit database. One that runs drains its own. Exit code 3 when some is left.',
})
export class AuditDrainVerb extends ChangingVerb {
  protected override readonly examples = {
    'audit drain --spool /var/spool/audit-2 --dry-run': 'how much there is',
    'audit drain --spool /var/spool/audit-2 --reason "replica 2 is gone for good"':
      'a second time changes nothing: no entry is taken twice',
  };

  async run(_: string[], options: ChangeOptions & { spool?: string }): Promise<void> {
    const { spool: folder } = options;
    if (folder === undefined || !existsSync(folder)) throw new WrongUseError('Say which folder: --spool. It must be there.');
    const reason = options.dryRun ? '' : reasonOf(options);
    const { auditUrl: url, auditTermsKey: termsKey } = readSettings({ auditUrl: settings.auditUrl, auditTermsKey }, opsEnvironment());
    const audit = await AuditLog.open({ url, termsKey, spoolFolder: folder, max: 1, deadline: 30_000, drainEvery: NEVER });
    try {
      const { records, bytes } = audit.state.spool!;
      if (options.dryRun) return tell({ records, bytes, dryRun: true }, [`${records} records (${bytes} bytes) would be drained.`], options);
      const drained = await onRecord('audit drain', reason, { records, bytes }, () => audit.drain());
      const aside = Object.values(audit.state.spool!.setAside).reduce((sum, count) => sum + count, 0);
      const lines = [
        `${drained.records} records are in the database now.`,
        ...(aside > 0 ? [`${aside} files were kept beside: see "Something of the spool was kept beside" in deploy/README.md.`] : []),
      ];
      tell({ ...drained, aside, dryRun: false }, lines, options);
      process.exitCode = aside > 0 ? LOOK_AT_THIS : DONE;
    } catch (error) {
      throw saidOfDatabase('the audit store', error);
    } finally {
      process.exitCode ??= DONE;
      await audit.close();
    }
  }

  @Option({ flags: '--spool <folder>', description: 'AUDIT_SPOOL_DIR of the query service that is gone' })
  spool(folder: string): string {
    return folder;
  }
}
