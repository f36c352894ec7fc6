import type { Reader } from '../convert/column.js';
import { staysAsItIs, vanished, vanishingFrom } from '../remembered/gone.js';
import type { Fact, FactName, RowProblem, RowVersion } from '../rows/fact.js';
import { factsInRow, type RefusedFact, type RowRead } from '../rows/facts-in-row.js';
import { columnsOf } from '../rows/read-fields.js';
import type { Captured, Mapping, Table } from '../sources/mapping.js';
import { cellsOf } from './cells.js';
import type { RowChange } from './read-change.js';

/** What a change says: of facts of the row as it is now, and of those that it no longer holds. */
export type ChangeRead = Pick<RowRead, 'facts' | 'refused' | 'problems'> & {
  /** What the row told as long as it could be read, and no longer tells: known by its name alone. */
  gone: readonly FactName[];
};

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
  const { facts, refused, problems } = now ?? NOTHING;
  const version = { epoch: captured.epoch, position: change.offset };
  const left = <T extends { kind: string; id: string | null }>(told: readonly T[]) =>
    told.filter(({ kind, id }) => ![...facts, ...refused].some((fact) => fact.kind === kind && fact.id === id));
  return {
    facts: [...left(then.facts).flatMap((fact) => takenBack(mapping, table, fact, version, change.at) ?? []), ...facts],
    gone: left(then.refused).flatMap(({ kind, id }) => (id === null ? [] : { kind, id })),
    refused,
    problems,
  };
}

type FactsOfRow = Pick<RowRead, 'facts' | 'refused' | 'problems'>;
const NOTHING = { facts: [], refused: [], problems: [], gone: [] } satisfies ChangeRead;

/** The columns of a table that the mapping reads: found once. */
const COLUMNS = new WeakMap<Table, ReadonlySet<string>>();
function columnsIn(table: Table): ReadonlySet<string> {
  const columns = COLUMNS.get(table) ?? new Set(columnsOf(table));
  COLUMNS.set(table, columns);
  return columns;
}

function factsOf(mapping: Mapping, { epoch }: Captured, table: Table, row: object, { offset, at }: RowChange): FactsOfRow {
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

/** A fact as a row that no longer tells it takes it back; undefined where it is over, or stays. */
export function takenBack(mapping: Mapping, table: Table, fact: Fact, version: RowVersion, at: Date): Fact | undefined {
  const of = vanishingFrom(table).find(({ kind }) => kind === fact.kind);
  return of === undefined || staysAsItIs(of, fact.state === 'open') ? undefined : vanished(mapping, of, fact, version, at);
}
