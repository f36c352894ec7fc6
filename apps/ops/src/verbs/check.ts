import { Command, Option } from 'nest-commander';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { askAndFollow } from '../follow-request.js';
import { inReadModel } from '../in-read-model.js';
import { wholeNumber } from '../option-values.js';
import { tell } from '../print.js';
import { differencesOf, differenceTable } from '../read-differences.js';
import { type AnswerOptions, Verb } from '../verb.js';

@Command({
  name: 'check',
  description:
    'Folds random people from the log again and compares them with what readers see. Exit code 3 when they differ or nothing was there to check.',
})
export class CheckVerb extends Verb {
  protected override readonly examples = {
    check: '50 people',
    'check --people 1000 --reason "after the restore"': 'more of them; the whole log is read in either case',
  };

  async run(_: string[], options: AnswerOptions & { people?: number; reason?: string }): Promise<void> {
    process.exitCode = await inReadModel(async (pool) => {
      const ask = { verb: 'check' as const, arguments: { people: options.people ?? 50 }, reason: options.reason ?? 'check by hand' };
      const { id, outcome } = await askAndFollow(pool, ask);
      const { rows, differences, undecided } = outcome;
      const fields = Number(differences) > 0 ? await differencesOf(pool, id) : [];
      const lines = [
        `${String(rows)} rows of the read model (here) and of the log, folded again (there): ${String(differences)} differ.`,
        ...(rows === 0 ? ['Nothing was checked: no record is assigned to a person.'] : []),
        ...(Number(undecided) > 0 ? [`${String(undecided)} rows kept changing, or were too many to look at twice.`] : []),
        ...(fields.length > 0
          ? [differenceTable(fields), 'Values are digests. A replay of the subject token puts back what was lost.']
          : []),
      ];
      tell({ ...outcome, fields }, lines, options);
      return rows === 0 || Number(differences) > 0 ? LOOK_AT_THIS : DONE;
    });
  }

  @Option({ flags: '--people <count>', description: 'how many (50 unless said)' })
  people(text: string): number {
    return wholeNumber('--people', text, { min: 1, max: 10_000 });
  }

  @Option({ flags: '--reason <why>', description: 'why; the check goes on record' })
  reason(text: string): string {
    return text;
  }
}
