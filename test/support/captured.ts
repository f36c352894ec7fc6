import { columnsOf } from '../../apps/ingest/src/rows/read-fields.js';
import type { Mapping } from '../../apps/ingest/src/sources/mapping.js';
import type { LogMessage } from '#lib/kafka';

type Cells = Record<string, unknown>;

/** A source's connector, as far as its messages go: each is the next of its topic. */
export class Connector {
  private next = 0;
  private lsn = 1_000;

  constructor(
    private readonly mapping: Mapping,
    private readonly at = () => Date.parse('2026-11-20T09:00:00Z'),
  ) {}

  /** A row whose other columns are empty. */
  row(table: string, cells: Cells): Cells {
    const columns = columnsOf(this.mapping.captured!.tables[table]).map((name) => [name, null]);
    return { ...Object.fromEntries(columns), ...cells };
  }

  insert(table: string, cells: Cells): LogMessage {
    return this.change('c', table, null, this.row(table, cells));
  }

  update(table: string, before: Cells, after: Cells): LogMessage {
    return this.change('u', table, this.row(table, before), this.row(table, { ...before, ...after }));
  }

  delete(table: string, cells: Cells): LogMessage {
    return this.change('d', table, this.row(table, cells), null);
  }

  /** What the connector writes behind a deletion. */
  tombstone(): LogMessage {
    return { offset: this.next++, key: '{"id":1}', value: null, timestamp: this.at() };
  }

  truncate(table: string): LogMessage {
    return this.change('t', table, null, null);
  }

  /** Rows as a snapshot has them, the heartbeat's among them: table by table, in the order of their names, marked as Debezium marks them. */
  snapshot(rows: readonly (readonly [table: string, cells: Cells])[]): LogMessage[] {
    const { heartbeat, tables } = this.mapping.captured!;
    const names = [...Object.keys(tables), heartbeat].sort();
    const all = [...rows.map(([table, cells]) => [table, this.row(table, cells)] as const), [heartbeat, this.heart()] as const];
    const inOrder = names.flatMap((name) => all.filter(([table]) => table === name));
    return inOrder.map(([table, row], at) => {
      const firstOfTable = inOrder[at - 1]?.[0] !== table;
      const lastOfTable = inOrder[at + 1]?.[0] !== table;
      if (at === inOrder.length - 1) return this.change('r', table, null, row, 'last');
      // the first row of all is called so only where it is in the first table: an empty one leaves it out
      if (firstOfTable && table === names[0]) return this.change('r', table, null, row, 'first');
      const mark = lastOfTable ? 'last_in_data_collection' : firstOfTable ? 'first_in_data_collection' : 'true';
      return this.change('r', table, null, row, mark);
    });
  }

  beat(at?: Date, slotBytes = 4_096): LogMessage {
    return this.change('u', this.mapping.captured!.heartbeat, null, this.heart(at, slotBytes));
  }

  /** The same message once more, as after a restart of the connector. */
  again(message: LogMessage): LogMessage {
    return { ...message, offset: this.next++ };
  }

  change(op: string, table: string, before: Cells | null, after: Cells | null, snapshot = 'false'): LogMessage {
    const row = after ?? before;
    const value = {
      op,
      before,
      after,
      source: { connector: 'postgresql', table, snapshot, ts_ms: this.at(), txId: 700, lsn: (this.lsn += 8) },
      ts_ms: this.at(),
    };
    const key = row && JSON.stringify(Object.entries(row)[0]);
    return { offset: this.next++, key, value: Buffer.from(JSON.stringify(value)), timestamp: this.at() };
  }

  private heart(at = new Date(this.at()), slotBytes: number | null = null): Cells {
    return { one: true, beat: at.toISOString(), slot_bytes: slotBytes };
  }
}
