import type { RuleBroken, SourceEventInput } from '#lib/events';
import { type Reader, type Row, Unreadable } from '../convert/column.js';
import type { Mapping, Table } from '../sources/mapping.js';
import { checkContent, isNeeded } from './check-content.js';
import type { Fact, FactKind, FactName, RowHead, RowProblem, RowVersion } from './fact.js';
import { inWordsOfRows } from './in-words-of-rows.js';
import { maskOf } from './mask.js';
import { columnsOf, readFields, sourcesOf } from './read-fields.js';
import { eventsOfInvolvement, eventsOfPerson, eventsOfRelationship, eventsOfReplacement, type Said } from './said-by-row.js';

/** A row with its place, as a spreadsheet counts: the header is row 1. */
export interface NumberedRow {
  number: number;
  cells: Row;
  /** Under which header a file has a column, where that is another than the mapping's. */
  headers?: ReadonlyMap<string, string>;
}

/** A fact that is refused, by name as far as it can be read. */
export type RefusedFact = Pick<FactName, 'kind'> & { id: string | null; events?: never };

export interface RowRead {
  /** The table's rule says that this row does not count. */
  skipped: boolean;
  facts: Fact[];
  refused: RefusedFact[];
  problems: RowProblem[];
}

/**
 * What one row says, as facts with their events, and everything that is wrong in it at once. Pure: the same row and version, the same answer.
 * @param exported when the row was true; left out: the version says so
 */
export function factsInRow(
  mapping: Mapping,
  table: Table,
  row: NumberedRow,
  version: RowVersion,
  exported = new Date(version.position / 1000),
): RowRead {
  const reading: Reading = { mapping, row, version, exported, today: exported.toISOString().slice(0, 10), problems: [] };
  const counts = table.only?.read(row.cells, reading.today) ?? true;
  if (counts === false) return { skipped: true, facts: [], refused: [], problems: [] };
  if (counts instanceof Unreadable) noteUnreadable(reading, counts, 'refused');
  const facts: Fact[] = [];
  const refused: RefusedFact[] = [];
  for (const [kind, fields, say] of factsOf(table)) {
    const fact: Fact | RefusedFact = counts === true ? factOf(kind, fields, say, reading) : { kind, id: null };
    if (fact.events) facts.push(fact);
    else refused.push(fact);
  }
  return { skipped: false, facts, refused, problems: reading.problems };
}

interface Reading {
  mapping: Mapping;
  row: NumberedRow;
  version: RowVersion;
  exported: Date;
  today: string;
  problems: RowProblem[];
}

type Say = (content: Record<string, unknown>, head: RowHead, today: string) => Said;

function* factsOf({ person, involvement, relationship, replacement }: Table): Generator<[FactKind, IdFields, Say]> {
  if (person) yield ['person', { id: person.recordId, ...person }, eventsOfPerson];
  if (involvement) yield ['involvement', { id: involvement.involvementId, ...involvement }, eventsOfInvolvement];
  if (relationship) yield ['relationship', { id: relationship.relationshipId, ...relationship }, eventsOfRelationship];
  if (replacement) yield ['replacement', { id: replacement.recordId, ...replacement }, eventsOfReplacement];
}

type IdFields = { id: Reader<string>; recordId: Reader<string> };

function factOf(kind: FactKind, fields: IdFields, say: Say, reading: Reading): Fact | RefusedFact {
  const { id, recordId } = idsOf(fields, reading);
  const read = readFields(fields, reading.row.cells, reading.today);
  const lost = read.unreadable.filter(({ pointer }) => pointer !== '/id' && pointer !== '/recordId');
  for (const { pointer, found } of lost) noteUnreadable(reading, found, mustBeRead(pointer) ? 'refused' : 'left-out');
  if (id === null || recordId === null || lost.some(({ pointer }) => mustBeRead(pointer))) return { kind, id };
  const head = { recordId, sourceVersion: reading.version, occurredAt: reading.exported.toISOString() };
  const { state, service, events } = say(read.content, head, reading.today);
  const good: Fact['events'][number][] = [];
  for (const event of events) {
    const checked = checkContent(event as SourceEventInput, reading.mapping, reading.exported.getTime());
    for (const problem of checked.leftOut) noteBroken(reading, problem, fields, 'left-out');
    for (const problem of checked.refused) noteBroken(reading, problem, fields, 'refused');
    if (!checked.good) return { kind, id };
    good.push(checked.good);
  }
  return { kind, id, recordId, service, state, events: good };
}

/** Whether an end, a removal or a retraction is meant decides what the row says at all. */
const mustBeRead = (pointer: string) => isNeeded(pointer) || /^\/(end\/(on|when)|removedWhen|retractedWhen)$/.test(pointer);

function idsOf({ id, recordId }: IdFields, reading: Reading): { id: string | null; recordId: string | null } {
  const [one, other] = [id, recordId].map((field) => {
    const found = field.read(reading.row.cells, reading.today);
    if (found instanceof Unreadable) noteUnreadable(reading, found, 'refused');
    if (found === null) for (const name of field.columns) note(reading, MISSING, [name], 'refused');
    return found instanceof Unreadable ? null : found;
  });
  return { id: one ?? null, recordId: other ?? null };
}

const MISSING = { rule: 'required', expected: 'an id', fix: 'Fill this cell in: without it nobody can tell what the row is about.' };

const noteUnreadable = (reading: Reading, found: Unreadable, outcome: RowProblem['outcome']) =>
  note(reading, found, [found.column], outcome);

/** A rule of the event, told by the columns that its field is read from. */
function noteBroken(
  reading: Reading,
  { pointer, ...rule }: RuleBroken & { pointer: string },
  fields: object,
  outcome: RowProblem['outcome'],
): void {
  const source = [...sourcesOf(fields, reading.row.cells, reading.today)].find(
    ([at]) => pointer === at || pointer.startsWith(`${at}/`) || at.startsWith(`${pointer}/`),
  );
  const of = source?.[1] ?? columnsOf(fieldAt(fields, pointer));
  // Missing because its cell could not be read: that is told already.
  if (rule.rule === 'required' && of.length === 1 && reading.problems.some(({ column }) => column === told(reading.row, of))) return;
  const filled = of.filter((column) => reading.row.cells[column]);
  const columns = filled.length > 0 ? filled : of;
  note(reading, inWordsOfRows(rule, { columns, empty: of.filter((column) => !columns.includes(column)), outcome }), columns, outcome);
}

/** The part of a mapping that says what stands at a pointer, or the nearest around it. */
function fieldAt(fields: object, pointer: string): unknown {
  let at: unknown = fields;
  for (const step of pointer.split('/').slice(1)) {
    const part = (at as Record<string, unknown>)[step];
    if (typeof part !== 'object' || part === null) break;
    at = part;
  }
  return at;
}

const told = (row: NumberedRow, columns: readonly string[]) =>
  columns.map((name) => (row.headers?.has(name) ? `${name} (in the file: ${row.headers.get(name)})` : name)).join(', ');

function note(
  { problems, row }: Reading,
  { rule, expected, fix }: RuleBroken,
  columns: readonly string[],
  outcome: RowProblem['outcome'],
): void {
  const column = told(row, columns);
  const masked = columns.length === 1 ? maskOf(row.cells[columns[0]!]?.trim() ?? '') : '';
  const known = problems.find((problem) => problem.rule === rule && problem.column === column);
  if (known) {
    if (outcome === 'refused') known.outcome = 'refused';
    return;
  }
  problems.push({ row: row.number, column, rule, expected, fix, masked, outcome });
}
