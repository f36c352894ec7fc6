import { Command, Option } from 'nest-commander';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { instant } from '../option-values.js';
import { instantWords, tableOf, tell } from '../print.js';
import { comparisonsWithDifferences, comparisonWords, differenceTable } from '../read-differences.js';
import { openMissingEvents } from '../reconcile/missing-events.js';
import { type AnswerOptions, Verb } from '../verb.js';

@Command({
  name: 'differences',
  description: 'Lists what comparisons, checks and reconciliations found lately. Exit code 3 when there is anything.',
})
export class DifferencesVerb extends Verb {
  protected override readonly examples = {
    differences: 'of the last seven days, and every missing event that has not gone away',
    'differences --since 2h': 'of the last two hours',
  };

  async run(_: string[], options: AnswerOptions & { since?: number }): Promise<void> {
    const since = options.since ?? instant('--since', '7d');
    const { comparisons, missing } = await inReadModel(async (pool) => ({
      comparisons: await comparisonsWithDifferences(pool, since),
      missing: await openMissingEvents(pool),
    }));
    const lines = [
      ...comparisons.flatMap(({ fields, ...comparison }) => [comparisonWords(comparison), differenceTable(fields), '']),
      ...(comparisons.length === 0 ? [`No comparison or check found a difference since ${instantWords(since)}.`] : []),
      missing.length === 0 ? 'No event is missing by the last reconciliation of any source.' : tableOf(missing, MISSING),
    ];
    tell({ since, comparisons, missing }, lines, options);
    process.exitCode = comparisons.length + missing.length > 0 ? LOOK_AT_THIS : DONE;
  }

  @Option({ flags: '--since <instant>', description: '2026-11-01T00:00:00Z, or 30m, 2h, 3d ago (7d unless said)' })
  since(text: string): number {
    return instant('--since', text);
  }
}

type Missing = Awaited<ReturnType<typeof openMissingEvents>>[number];
const MISSING: Record<string, (row: Missing) => string> = {
  'missing event of': (row) => row.source,
  kind: (row) => row.kind,
  field: (row) => row.field,
  facts: (row) => String(row.facts),
  'first seen': (row) => instantWords(row.firstSeen),
  'last seen': (row) => instantWords(row.lastSeen),
};
