import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { Command, CommandRunner, Option } from 'nest-commander';
import { AuditLog, type AuditRow, readAudit } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { DONE } from '../exit-codes.js';
import { opsEnvironment } from '../environment.js';
import { print } from '../print.js';

interface AuditOptions {
  last?: number;
  reader?: string;
  person?: string;
  json?: boolean;
}

@Command({
  name: 'audit',
  description: 'Lists who looked at what, newest first. Reading the audit is itself on record, before anything is shown.',
})
export class AuditVerb extends CommandRunner {
  async run(_: string[], options: AuditOptions): Promise<void> {
    const { auditUrl } = readSettings({ auditUrl: settings.auditUrl }, opsEnvironment());
    const { last = 20, reader, person } = options;
    const rows = (await readAudit(auditUrl, { last, reader, person })).reverse();
    await recordReading(auditUrl, { last, reader, person }, rows.length);
    print(rows, COLUMNS, { json: options.json, whenEmpty: 'Nothing is on record.' });
    process.exitCode = DONE;
  }

  @Option({ flags: '--last <count>', description: 'so many of the newest records (20 unless said)' })
  last(count: string): number {
    const number = Number(count);
    if (!Number.isInteger(number) || number < 1 || number > 10_000) throw new Error('--last wants a whole number from 1 to 10000');
    return number;
  }

  @Option({ flags: '--reader <user name>', description: 'what this worker looked at' })
  reader(name: string): string {
    return name;
  }

  @Option({ flags: '--person <id>', description: 'who looked at this person' })
  person(id: string): string {
    return id;
  }

  @Option({ flags: '--json', description: 'answer as JSON' })
  json(): boolean {
    return true;
  }
}

/** The shell's user stands for who read. */
async function recordReading(url: string, asked: { last: number; reader?: string; person?: string }, records: number): Promise<void> {
  const audit = await AuditLog.open({ url, max: 1 });
  try {
    const { username } = userInfo();
    await audit.record([
      {
        at: Date.now(),
        action: 'read-audit',
        outcome: records > 0 ? 'done' : 'nothing-found',
        requestId: randomUUID(),
        reader: username,
        role: 'operations',
        person: asked.person ?? null,
        shown: { records, last: asked.last, ...(asked.reader !== undefined && { reader: asked.reader }) },
      },
    ]);
  } finally {
    await audit.close();
  }
}

const COLUMNS: Record<string, (row: AuditRow) => string> = {
  when: (row) => new Date(row.at).toISOString(),
  who: (row) => [row.reader ?? 'nobody proved', row.role && `(${row.role}${row.team ? `, ${row.team}` : ''})`].filter(Boolean).join(' '),
  action: (row) => row.action,
  outcome: (row) => row.outcome,
  person: (row) => row.person ?? '',
  shown: (row) => (row.shown ? JSON.stringify(row.shown) : ''),
  reason: (row) => [row.reason, row.reference].filter(Boolean).join(', '),
};
