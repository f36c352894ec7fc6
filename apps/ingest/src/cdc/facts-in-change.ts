import type { Reader } from '../convert/column.js';
import { vanished, vanishingFrom } from '../remembered/gone.js';
import type { Fact, RowProblem } from '../rows/fact.js';
import { factsInRow, type RefusedFact, type RowRead } from '../rows/facts-in-row.js';
import { columnsOf } from '../rows/read-fields.js';
import type { Captured, Mapping, Table } from '../sources/mapping.js';
import { cellsOf } from './cells.js';
import type { RowChange } from './read-change.js';

/** What a change says: of facts of the row as it is now, and of those that it no longer holds. */
export type ChangeRead = Pick<RowRead, 'facts' | 'refused' | 'problems'>;

/**
 * Reads a change of a row as facts. A deleted row takes its facts back, the same way as a complete snapshot that no longer holds them. Pure.
 * @throws HaltError where the source's table has another shape than the mapping knows
 */
export function factsInChange(mapping: Mapping, captured: Captured, change: RowChange): ChangeRead {
  const table = captured.tables[change.table];
  if (!table) return NOTHING;
  const { after, before } = change;
  const now = after && factsOf(mapping, captured, table, after, change);
  const then = before && (now === null || otherFacts(table, before, after!)) ? factsOf(mapping, captured, table, before, change) : NOTHING;
  const read = now ?? { ...NOTHING, refused: then.refused, problems: then.problems };
  const left = then.facts.filter(({ kind, id }) => ![...read.facts, ...read.refused].some((fact) => fact.kind === kind && fact.id === id));
  return { ...read, facts: [...left.flatMap((fact) => takenBack(mapping, captured, table, fact, change)), ...read.facts] };
}

const NOTHING: ChangeRead = { facts: [], refused: [], problems: [] };

/** The columns of a table that the mapping reads: found once. */
const COLUMNS = new WeakMap<Table, ReadonlySet<string>>();
function columnsIn(table: Table): ReadonlySet<string> {
  const columns = COLUMNS.get(table) ?? new Set(columnsOf(table));
  COLUMNS.set(table, columns);
  return columns;
}

function factsOf(mapping: Mapping, { epoch }: Captured, table: Table, row: object, { offset, at }: RowChange): ChangeRead {
  const { cells, unknown } = cellsOf(row as Record<string, unknown>, columnsIn(table));
  const read = factsInRow(mapping, table, { number: 1, cells }, { epoch, position: offset }, at);
  if (unknown.length === 0) return read;
  // whatever the rest says, it may say something else with them
  const refused: RefusedFact[] = [...read.facts.map(({ kind, id }) => ({ kind, id })), ...read.refused];
  return { facts: [], refused, problems: [...read.problems, ...unknown.map(notKnown)] };
}

const notKnown = (column: string): RowProblem => ({
  row: 1,
  column,
  rule: 'value-known',
  expected: 'a value the source’s log holds',
  fix: 'Set REPLICA IDENTITY FULL on this table (numbers beyond 2^53: let the feed hold them as text), then change the row once more.',
  masked: '',
  outcome: 'refused',
});

/** Whether the row may tell other facts than before: only then is what it said before read too. */
function otherFacts(table: Table, before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  const readers: (Reader<unknown> | undefined)[] = [
    table.only,
    table.person?.recordId,
    table.involvement?.involvementId,
    table.relationship?.relationshipId,
    table.replacement?.recordId,
  ];
  return readers.some((reader) => reader?.columns.some((name) => before[name] !== after[name]));
}

function takenBack(mapping: Mapping, { epoch }: Captured, table: Table, fact: Fact, { offset, at }: RowChange): Fact[] {
  const of = vanishingFrom(table).find(({ kind }) => kind === fact.kind);
  const over = fact.state !== 'open' && (of?.as === 'closed' || of?.as === 'ended');
  return of === undefined || over ? [] : [vanished(mapping, of, fact, { epoch, position: offset }, at)];
}
