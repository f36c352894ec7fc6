import { Option, SubCommand } from 'nest-commander';
import { findUnusual, IDENTITY_RULES, keepFindings, ruleWords, type Unusual } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from '../environment.js';
import { WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { instant } from '../option-values.js';
import { tableOf, tell } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';
import { inAudit } from './in-audit.js';
import { recordReading } from './record-reading.js';
import { unusualUse } from './unusual-settings.js';

interface UnusualOptions extends AnswerOptions {
  from?: number;
  to?: number;
}

const USUAL_DAYS = 7;

@SubCommand({
  name: 'unusual',
  description: 'Looks for unusual use, and puts what is new on the worklist of the officers. Exit code 3 when something is.',
})
export class AuditUnusualVerb extends Verb {
  protected override readonly examples = {
    'audit unusual': `the last ${USUAL_DAYS} days, from the beginning of a week; for cron, each night`,
    'audit unusual --from 2026-10-01T00:00:00Z --to 2026-11-01T00:00:00Z --json': 'a month, for a script',
  };

  async run(_: string[], options: UnusualOptions): Promise<void> {
    const now = Date.now();
    const { to = now, from = to - USUAL_DAYS * 86_400_000 } = options;
    if (from >= to) throw new WrongUseError('--from must come before --to.');
    const { auditUrl } = readSettings({ auditUrl: settings.auditUrl }, opsEnvironment());
    const use = unusualUse();
    await inAudit(async (reader) => {
      const found = await reader.read((sight) => findUnusual(sight, { from, to }, use));
      await recordReading(auditUrl, { verb: 'audit unusual', from, to, records: found.length });
      const added = await reader.review((sight) => keepFindings(sight, found, now));
      const names = IDENTITY_RULES.map((rule) => ruleWords(rule, use).name).join(', ');
      const lines = [
        ...(found.length > 0 ? [tableOf(found, COLUMNS)] : ['Nothing unusual.']),
        `${found.length} found, ${added} of them new and on the worklist under /audit/unusual.`,
        `Not asked here, as it needs to know who people are: ${names}. The officer’s page asks that too.`,
      ];
      tell({ from, to, found, new: added, notAsked: IDENTITY_RULES }, lines, options);
      process.exitCode = added > 0 ? LOOK_AT_THIS : DONE;
    });
  }

  @Option({ flags: '--from <instant>', description: `from then on (${USUAL_DAYS}d unless said)` })
  from(text: string): number {
    return instant('--from', text);
  }

  @Option({ flags: '--to <instant>', description: 'before then (now unless said)' })
  to(text: string): number {
    return instant('--to', text);
  }
}

const COLUMNS: Record<string, (unusual: Unusual) => string> = {
  rule: ({ rule }) => rule,
  reader: ({ reader }) => reader,
  day: ({ day }) => day,
  person: ({ person }) => person ?? '',
  counts: ({ counts }) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
};
