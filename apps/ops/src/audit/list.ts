import { Option, SubCommand } from 'nest-commander';
import { type AuditRow, readAudit, readLogState, wrongWith } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { DONE } from '../exit-codes.js';
import { opsEnvironment } from '../environment.js';
import { saidOfDatabase } from '../away.js';
import { wholeNumber } from '../option-values.js';
import { print } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';
import { inAudit } from './in-audit.js';
import { recordReading } from './record-reading.js';

interface AuditOptions extends AnswerOptions {
  last?: number;
  reader?: string;
  person?: string;
}

@SubCommand({
  name: 'list',
  description: 'Lists who looked at what, and who operated, newest first. Reading it is itself on record.',
  options: { isDefault: true },
})
export class AuditListVerb extends Verb {
  protected override readonly examples = {
    'audit list --last 50': 'the newest 50 records',
    'audit list --reader amara.okafor': 'what one worker looked at',
  };

  async run(_: string[], options: AuditOptions): Promise<void> {
    const { auditUrl } = readSettings({ auditUrl: settings.auditUrl }, opsEnvironment());
    const { last = 20, reader, person } = options;
    const rows = await readOnRecord(auditUrl, { last, reader, person });
    const log = await inAudit((audit) => audit.read(readLogState)).catch(() => null);
    const found = log && [...log.waiting, ...log.acknowledged];
    print(
      rows.map((row) => ({ ...row, foundWrong: found === null ? UNKNOWN : wrongWith(found, row) })),
      COLUMNS,
      { json: options.json, whenEmpty: 'Nothing is on record.' },
    );
    if (found?.some(({ index }) => index !== null)) console.error(CHANGED);
    process.exitCode = DONE;
  }

  @Option({ flags: '--last <count>', description: 'so many of the newest records (20 unless said)' })
  last(count: string): number {
    return wholeNumber('--last', count, { min: 1, max: 10_000 });
  }

  @Option({ flags: '--reader <user name>', description: 'what this worker looked at' })
  reader(name: string): string {
    return name;
  }

  @Option({ flags: '--person <id>', description: 'who looked at this person' })
  person(id: string): string {
    return id;
  }
}

async function readOnRecord(url: string, asked: { last: number; reader?: string; person?: string }): Promise<AuditRow[]> {
  try {
    const rows = (await readAudit(url, asked)).reverse();
    await recordReading(url, { records: rows.length, ...asked });
    return rows;
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  }
}

/** An entry, with why what it says can’t be relied on; null: the checks of the log found nothing. */
interface ListedRow extends AuditRow {
  foundWrong: string | null;
}

const UNKNOWN = 'it can’t be told now whether it was changed';
const CHANGED = 'The audit log was changed in its database after it was sealed: an entry may be missing. "audit verify" says where.';

const COLUMNS: Record<string, (row: ListedRow) => string> = {
  when: (row) => new Date(row.at).toISOString(),
  who: (row) => [row.reader ?? 'nobody proved', row.role && `(${row.role}${row.team ? `, ${row.team}` : ''})`].filter(Boolean).join(' '),
  action: (row) => row.action,
  outcome: (row) => row.outcome,
  person: (row) => row.person ?? '',
  shown: (row) => (row.shown ? JSON.stringify(row.shown, instantsInWords) : ''),
  reason: (row) => [row.reason, row.reference].filter(Boolean).join(', '),
  sealed: (row) => row.index?.toString() ?? 'not yet',
  redacted: (row) => row.redacted.join(' '),
  'found wrong': (row) => row.foundWrong ?? '',
};

/** Instants stand as milliseconds in the log; in its list they are read. */
const instantsInWords = (name: string, value: unknown): unknown =>
  typeof value === 'number' && (name === 'from' || name === 'to' || name.endsWith('At')) ? new Date(value).toISOString() : value;
