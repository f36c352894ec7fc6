import { accessSync, constants } from 'node:fs';
import { Command, Option } from 'nest-commander';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tableOf, tell } from '../print.js';
import { IdsFile } from '../reconcile/ids-file.js';
import { type Reconciled, reconcileSource } from '../reconcile/reconcile-source.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface ReconcileOptions extends ChangeOptions {
  source?: string;
  extract?: string;
  out?: string;
}

@Command({
  name: 'reconcile',
  description: "Compares the index with a source's own extract; each difference is a missing event. Exit code 3 when any.",
})
export class ReconcileVerb extends ChangingVerb {
  protected override readonly examples = {
    'reconcile --source mosaic --extract mosaic.csv --dry-run': 'checks the file and counts, records nothing',
    'reconcile --source mosaic --extract mosaic.csv --reason "weekly"': 'records what is missing, and what is no longer',
    'reconcile --source mosaic --extract mosaic.csv --reason "for the Mosaic team" --out missing.csv':
      'also writes the ids, to a file that its owner alone can read',
  };

  async run(_: string[], options: ReconcileOptions): Promise<void> {
    const { source, extract, out: path, dryRun } = options;
    if (source === undefined || extract === undefined) throw new WrongUseError('Say both: --source and --extract.');
    if (!readable(extract)) throw new WrongUseError('--extract names no file that can be read.');
    if (path !== undefined && dryRun) throw new WrongUseError('Either --dry-run or --out, not both.');
    const compare = async () => {
      const out = path === undefined ? undefined : await IdsFile.create(path);
      return comparing({ source, file: extract, out, dryRun });
    };
    const what = { source, idsWritten: path !== undefined };
    const result = dryRun ? await compare() : await onRecord('reconcile', reasonOf(options), what, compare);
    if (result.problems > 0) refuse(result, options);
    const differences = result.counts.reduce((sum, { facts }) => sum + facts, 0);
    tell({ source, ...result, differences, dryRun: dryRun ?? false }, linesOf(result, differences, options), options);
    process.exitCode = differences > 0 ? LOOK_AT_THIS : DONE;
  }

  @Option({ flags: '--source <name>', description: 'whose extract it is' })
  source(name: string): string {
    return name;
  }

  @Option({ flags: '--extract <file>', description: 'CSV: record_id, involvement_id, service, status, opened_on, closed_on' })
  extract(file: string): string {
    return file;
  }

  @Option({ flags: '--out <file>', description: 'write the ids of what differs to this new file, mode 600' })
  out(file: string): string {
    return file;
  }
}

async function comparing(o: Parameters<typeof reconcileSource>[1]): Promise<Reconciled> {
  try {
    return await inReadModel((pool) => reconcileSource(pool, o));
  } finally {
    await o.out?.close();
  }
}

function refuse({ problems, firstProblems }: Reconciled, options: ReconcileOptions): never {
  const columns = {
    row: ({ row }: (typeof firstProblems)[number]) => String(row),
    column: ({ column }: (typeof firstProblems)[number]) => column,
    expected: ({ expected }: (typeof firstProblems)[number]) => expected,
  };
  tell({ problems, firstProblems }, [tableOf(firstProblems, columns)], options);
  const more = problems > firstProblems.length ? ` (the first ${firstProblems.length} are listed)` : '';
  throw new NotDoneError(`The extract has ${problems} problems${more}. Nothing was compared or recorded.`);
}

function linesOf(
  { generation, rows, counts, examples, gone }: Reconciled,
  differences: number,
  { source, dryRun }: ReconcileOptions,
): string[] {
  const lines = [`${rows} involvements in the extract of ${source}, compared with generation ${generation}: ${differences} differences.`];
  if (differences > 0)
    lines.push(
      tableOf(counts, { difference: ({ kind }) => kind, field: ({ field }) => field, facts: ({ facts }) => String(facts) }),
      '',
      tableOf(examples, { 'digest of fact': ({ fact }) => fact, difference: ({ kind }) => kind, field: ({ field }) => field }),
    );
  lines.push(dryRun ? `Nothing was recorded; ${gone} recorded before would be gone.` : `${gone} recorded before are gone.`);
  return lines;
}

function readable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
