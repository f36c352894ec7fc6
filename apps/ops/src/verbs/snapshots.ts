import { Command, Option } from 'nest-commander';
import type { Client } from 'pg';
import { WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inIngest } from '../in-ingest.js';
import { onRecord, reasonOf } from '../on-record.js';
import { print, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface SnapshotsOptions extends ChangeOptions {
  approve?: string;
  gone?: number;
}

/** A new snapshot of a source's tables that would take back more than is believed without a person. */
interface Held {
  source: string;
  /** Of every table that is captured. */
  tables: { table: string; gone: number; all: number }[];
  approvedBy: string | null;
}

@Command({
  name: 'snapshots',
  description: 'Lists new snapshots of captured tables that wait, because much that was published is no longer in them; approves one.',
})
export class SnapshotsVerb extends ChangingVerb {
  protected override readonly examples = {
    snapshots: 'which wait, and what each table would lose',
    'snapshots --approve mosaic --gone 412 --reason "archived, says the source"': 'just these 412 are taken back with its next heartbeat',
  };

  async run(_: string[], options: SnapshotsOptions): Promise<void> {
    process.exitCode = options.approve === undefined ? await this.list(options) : await this.approveOne(options.approve, options);
  }

  private async list(options: SnapshotsOptions): Promise<number> {
    if (options.reason !== undefined || options.dryRun || options.gone !== undefined)
      throw new WrongUseError('Nothing is changed without --approve.');
    const found = await inIngest(held);
    const rows = found.flatMap(({ tables, ...of }) => tables.map((table) => ({ ...of, ...table, total: goneOf(tables) })));
    print(rows, COLUMNS, { json: options.json, whenEmpty: 'No snapshot waits for anybody.' });
    return found.some(({ approvedBy }) => approvedBy === null) ? LOOK_AT_THIS : DONE;
  }

  private async approveOne(source: string, options: SnapshotsOptions): Promise<number> {
    const reason = options.dryRun ? '' : reasonOf(options);
    return inIngest(async (client) => {
      const waiting = (await held(client)).find((one) => one.source === source && one.approvedBy === null);
      if (!waiting) throw new WrongUseError(`No snapshot of ${source} waits for anybody.`);
      const { tables } = waiting;
      const gone = goneOf(tables);
      if (options.gone !== gone)
        throw new WrongUseError(`It would take back ${gone} facts. Say that this is right: --gone ${gone}. See npm run ops -- snapshots.`);
      const words = tables.map((one) => `${one.gone} of ${one.all} of ${one.table}`).join(', ');
      if (options.dryRun) tell({ ...waiting, dryRun: true }, [`Would let ${source} take back ${words}.`], options);
      else {
        await onRecord('snapshots/approve', reason, { source, tables }, (who) => approve(client, waiting, who));
        tell({ ...waiting, dryRun: false }, [`With its next heartbeat ${source} takes back ${words}.`], options);
      }
      return DONE;
    });
  }

  @Option({ flags: '--approve <source>', description: 'the source whose snapshot is right' })
  approve(source: string): string {
    return source;
  }

  @Option({ flags: '--gone <facts>', description: 'how many it would take back in all: just these are approved' })
  gone(facts: string): number {
    return Number(facts);
  }
}

const goneOf = (tables: Held['tables']) => tables.reduce((sum, { gone }) => sum + gone, 0);

async function held(client: Client): Promise<Held[]> {
  const { rows } = await client.query<Held>(
    `SELECT source, held AS tables, approved_by AS "approvedBy" FROM ingest.captured WHERE held IS NOT NULL ORDER BY source`,
  );
  return rows;
}

async function approve(client: Client, { source, tables }: Held, who: string): Promise<void> {
  const { rowCount } = await client.query('UPDATE ingest.captured SET approved_by = $3 WHERE source = $1 AND held = $2::jsonb', [
    source,
    JSON.stringify(tables),
    who,
  ]);
  if (rowCount !== 1) throw new WrongUseError(`Another snapshot of ${source} has come meanwhile: look again.`);
}

const COLUMNS: Record<string, (row: Held['tables'][number] & Omit<Held, 'tables'> & { total: number }) => string> = {
  source: ({ source }) => source,
  table: ({ table }) => table,
  'would go': ({ gone, all }) => `${gone} of ${all}`,
  'in all': ({ total }) => String(total),
  'approved by': ({ approvedBy }) => approvedBy ?? '',
};
