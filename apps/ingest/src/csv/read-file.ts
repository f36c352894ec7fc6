import type { DigestedFact, Digests } from '../remembered/digests.js';
import type { RowProblem, RowVersion } from '../rows/fact.js';
import { factsInRow } from '../rows/facts-in-row.js';
import type { Mapping, Table } from '../sources/mapping.js';
import { dateColumnsOf, digitsOf } from '../rows/read-fields.js';
import { DateGuesses } from './date-guesses.js';
import { type Encoding, textOf } from './encoding.js';
import { FactSet } from './fact-set.js';
import { FileProblems } from './file-problems.js';
import { type Header, headerOf } from './header.js';
import { type CsvRecord, NotCsvError, recordsIn } from './records.js';
import { type PlacedRow, rowsOfPersons } from './rows-of-persons.js';
import { ShortIdsFound } from './short-ids.js';

/** A file, what it is read by, and which state of the source it shows. */
export interface FileToRead {
  mapping: Mapping;
  table: Table;
  version: RowVersion;
  encoding: Encoding;
  bytes(): AsyncIterable<Uint8Array>;
}

/** Why nothing of a file may be used. */
export type WholeRefusal = 'empty' | 'no-csv' | 'columns-missing' | 'columns-twice';

/** What was read of a file so far. Rows = skipped + unreadable + those that tell facts; facts are told by the batches, refused or repeated. */
export class FileRead {
  header: Header | undefined;
  refusal: WholeRefusal | undefined;
  rows = 0;
  skipped = 0;
  /** Rows that are refused whole: they can't be taken apart into their columns. */
  unreadable = 0;
  refusedFacts = 0;
  /** Facts that stand in the file again, saying the same; and persons whom another row tells. */
  repeated = 0;
  /** Rows that speak of nobody knows whom: what seems to be gone from the file may be one of them. */
  unnamed = 0;
  dates = new DateGuesses([]);
  shortIds = new ShortIdsFound(new Map());
  readonly seen = new FactSet();
  readonly problems = new FileProblems();
}

const BATCH = 200;

/** Reads a file once, batch by batch of good facts, each fact once; what is wrong is noted in `into`. A file refused as a whole ends at once. */
export async function* readFile(file: FileToRead, digests: Digests, into: FileRead): AsyncGenerator<DigestedFact[]> {
  let batch: DigestedFact[] = [];
  into.dates = new DateGuesses(dateColumnsOf(file.table));
  into.shortIds = new ShortIdsFound(digitsOf(file.table));
  try {
    const persons = await rowsOfPersons(file.table, file.version, rowsIn(file));
    for await (const record of recordsIn(textOf(file.bytes(), file.encoding))) {
      if (!into.header) {
        if (!takeHeader(file.table, record, into)) return;
        continue;
      }
      into.rows += 1;
      const facts = factsOfRecord(record, into.header, { file, digests, into, persons });
      batch.push(...facts.filter((fact) => isFirst(fact, record.row, into)));
      if (batch.length >= BATCH) {
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    if (!(error instanceof NotCsvError)) throw error;
    into.refusal = 'no-csv';
    into.problems.add(noCsv(error));
    return;
  }
  if (!into.header) into.refusal = 'empty';
  if (batch.length > 0) yield batch;
}

function takeHeader(table: Table, { cells, row }: CsvRecord, into: FileRead): boolean {
  into.header = headerOf(table, cells);
  const { missing, twice } = into.header;
  for (const { column, fix } of missing)
    into.problems.add({ row, column, rule: 'column-missing', expected: 'a column of this name', fix, masked: '', outcome: 'refused' });
  for (const column of twice) {
    const fix = 'Leave one of them out of the export.';
    into.problems.add({ row, column, rule: 'column-twice', expected: 'one column of this name', fix, masked: '', outcome: 'refused' });
  }
  into.refusal = missing.length > 0 ? 'columns-missing' : twice.length > 0 ? 'columns-twice' : undefined;
  return into.refusal === undefined;
}

interface Within {
  file: FileToRead;
  digests: Digests;
  into: FileRead;
  /** Which row tells each person, where several may. */
  persons: ReadonlyMap<string, number> | undefined;
}

function factsOfRecord(record: CsvRecord, header: Header, { file, digests, into, persons }: Within): DigestedFact[] {
  // cells too many mean that a delimiter stands inside one; too few, that the row was cut off: what it still says may be half of a value
  if (isRagged(record, header)) {
    into.unreadable += 1;
    into.unnamed += 1;
    into.problems.add(ragged(record, header));
    return [];
  }
  const { mapping, table, version } = file;
  const cells = cellsOf(record, header);
  into.dates.look(cells);
  into.shortIds.look(cells);
  const read = factsInRow(mapping, table, { number: record.row, cells, headers: header.headers }, version);
  if (read.skipped) into.skipped += 1;
  for (const problem of read.problems) into.problems.add(problem);
  for (const { kind, id } of read.refused) {
    into.refusedFacts += 1;
    if (id === null) into.unnamed += 1;
    // it stands in the file, and is not gone
    else into.seen.add(digests.ofFact(mapping.name, { kind, id }), record.row, 0);
  }
  const told = read.facts.filter(({ kind, id }) => kind !== 'person' || (persons?.get(id) ?? record.row) === record.row);
  into.repeated += read.facts.length - told.length;
  return told.map((fact) => digests.digested(mapping.name, fact));
}

const isRagged = ({ cells }: CsvRecord, { width, narrowest }: Header) => cells.length > width || cells.length < narrowest;

const cellsOf = (record: CsvRecord, { places }: Header) =>
  Object.fromEntries([...places].map(([column, at]) => [column, record.cells[at] ?? '']));

/** The rows of a file that can be taken apart into their columns. */
async function* rowsIn({ table, encoding, bytes }: FileToRead): AsyncGenerator<PlacedRow> {
  let header: Header | undefined;
  for await (const record of recordsIn(textOf(bytes(), encoding))) {
    if (header && !isRagged(record, header)) yield { row: record.row, cells: cellsOf(record, header) };
    header ??= headerOf(table, record.cells);
  }
}

/** A fact that stands in two rows is told by the first; where the second says something else, that is a problem. */
function isFirst({ fact, name, said }: DigestedFact, row: number, into: FileRead): boolean {
  const mark = (said.details?.readUInt32LE(0) ?? 0) ^ (said.ending?.readUInt32LE(0) ?? 0);
  const before = into.seen.add(name, row, mark);
  if (!before) return true;
  if (before.same) into.repeated += 1;
  else {
    into.refusedFacts += 1;
    into.problems.add(oneRow(fact.kind, row, before.row));
  }
  return false;
}

const ragged = ({ row, cells }: CsvRecord, { width, narrowest }: Header): RowProblem => ({
  row,
  column: '(row)',
  rule: 'as-many-cells',
  expected: `${narrowest} ${narrowest === 1 ? 'cell' : 'cells'}, as in the header; here ${cells.length === 1 ? 'is 1' : `are ${cells.length}`}`,
  fix:
    cells.length > width
      ? 'Put quotes around cells that hold a delimiter or a line break.'
      : 'The row is cut off: export the file again, each row with all its cells, the empty ones too.',
  masked: '',
  outcome: 'refused',
});

const oneRow = (kind: string, row: number, first: number): RowProblem => ({
  row,
  column: '(row)',
  rule: 'one-row-per-fact',
  expected: `a ${kind} that row ${first} does not describe differently`,
  fix: 'Keep the row that is right. Until then the first one counts.',
  masked: '',
  outcome: 'refused',
});

const noCsv = ({ row, code }: NotCsvError): RowProblem => ({
  row: row + 1,
  column: '(row)',
  rule: 'csv',
  expected: `CSV that can be read (${code})`,
  fix: 'Export the file again: a quote is not closed here, or it is no CSV.',
  masked: '',
  outcome: 'refused',
});
