import { Command, Option } from 'nest-commander';
import { confirm } from '../confirm.js';
import { WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { askAndFollow } from '../follow-request.js';
import { inReadModel } from '../in-read-model.js';
import { reasonOf } from '../on-record.js';
import { exactlyOne, instant, token, wholeNumber } from '../option-values.js';
import { instantWords, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface ReplayOptions extends ChangeOptions {
  source?: string;
  subject?: string;
  all?: boolean;
  offset?: number;
  since?: number;
  yes?: boolean;
}

@Command({
  name: 'replay',
  description: 'Applies logged events again, of a source, a record or all. Where nothing was lost, nothing changes.',
})
export class ReplayVerb extends ChangingVerb {
  protected override readonly examples = {
    'replay --source mosaic --since 3d --dry-run': 'how many events of the last three days that would be',
    'replay --source mosaic --since 2026-11-01T00:00:00Z --reason "rows lost"': 'counts first, then asks',
    'replay --subject 01234567-89ab-cdef-0123-456789abcdef --reason "check found a difference" --yes': 'one record, without asking',
    'replay --all --reason "restored from a backup" --yes': 'both logs from their beginning',
  };

  async run(_: string[], options: ReplayOptions): Promise<void> {
    const { source, subject, all, offset, since } = options;
    exactlyOne({ '--source': source, '--subject': subject, '--all': all });
    if (offset !== undefined && since !== undefined) throw new WrongUseError('Either --offset or --since, not both.');
    const wanted = { source, subject, offset, since };
    const reason = options.dryRun ? (options.reason ?? 'counting') : reasonOf(options);
    process.exitCode = await inReadModel(async (pool) => {
      const { outcome: counted } = await askAndFollow(pool, { verb: 'replay', arguments: { ...wanted, dryRun: true }, reason });
      const from = since === undefined ? (offset === undefined ? 'the beginning' : `offset ${offset}`) : instantWords(since);
      const size = `${String(counted.applied)} events would be applied again, of ${String(counted.read)} read from ${from} on.`;
      if (options.dryRun) {
        tell(counted, [size], options);
        return DONE;
      }
      console.error(size);
      await confirm('Apply them?', options);
      const { outcome } = await askAndFollow(pool, { verb: 'replay', arguments: wanted, reason });
      const lines = [
        `${String(outcome.applied)} applied again, ${String(outcome.refused)} refused (they are parked since they first came, or were discarded).`,
      ];
      tell(outcome, lines, options);
      return Number(outcome.refused) > 0 ? LOOK_AT_THIS : DONE;
    });
  }

  @Option({ flags: '--source <name>', description: 'events of this source' })
  source(name: string): string {
    return name;
  }

  @Option({ flags: '--subject <token>', description: 'events of the record with this subject token' })
  subject(text: string): string {
    return token('--subject', text);
  }

  @Option({ flags: '--all', description: 'events of every source, and decisions on who is one person' })
  all(): boolean {
    return true;
  }

  @Option({ flags: '--offset <offset>', description: 'from this offset on, in every partition' })
  offset(text: string): number {
    return wholeNumber('--offset', text, { min: 0 });
  }

  @Option({ flags: '--since <instant>', description: 'published since then: 2026-11-01T00:00:00Z, or 30m, 2h, 3d ago' })
  since(text: string): number {
    return instant('--since', text);
  }

  @Option({ flags: '--yes', description: 'do not ask' })
  yes(): boolean {
    return true;
  }
}
