import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { COLUMN_NAMES, EXTRACT_COLUMNS, type ExtractRow } from './extract-columns.js';

/** What is wrong in a file, and where; never the value, which is about somebody. */
export interface ExtractProblem {
  /** 1 is the header, as a spreadsheet counts. */
  row: number;
  column: string;
  expected: string;
}

/** Problems told at most; the rest are counted. */
const TOLD_AT_MOST = 200;

/** The problems of one extract: all are counted, the first are told. */
export class ExtractProblems {
  readonly told: ExtractProblem[] = [];
  count = 0;

  add(problem: ExtractProblem): void {
    this.count += 1;
    if (this.told.length < TOLD_AT_MOST) this.told.push(problem);
  }
}

/** Reads an extract row by row, noting what is wrong with it; rows that are wrong are left out. */
export async function* readExtract(file: string, problems: ExtractProblems): AsyncGenerator<ExtractRow & { row: number }> {
  const parser = createReadStream(file).pipe(parse({ bom: true, skip_empty_lines: true, relax_column_count: true, trim: true }));
  let header: string[] | undefined;
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (!header) {
        header = cells;
        const missing = COLUMN_NAMES.filter((name) => !cells.includes(name));
        for (const column of missing) problems.add({ row, column, expected: 'a column of this name in the header' });
        if (missing.length > 0) return;
      } else {
        const read = rowOf(header, cells, row, problems);
        if (read) yield { ...read, row };
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problems.add({ row: row + 1, column: '(row)', expected: `CSV that can be read (${error.code})` });
    return;
  }
  if (!header) problems.add({ row: 1, column: '(row)', expected: `a header: ${COLUMN_NAMES.join(',')}` });
}

function rowOf(header: readonly string[], cells: readonly string[], row: number, problems: ExtractProblems): ExtractRow | undefined {
  if (cells.length !== header.length) {
    problems.add({ row, column: '(row)', expected: `${header.length} columns, as in the header` });
    return undefined;
  }
  const read = Object.fromEntries(COLUMN_NAMES.map((name) => [name, cells[header.indexOf(name)]!])) as Record<keyof ExtractRow, string>;
  const wrong = COLUMN_NAMES.filter((name) => !EXTRACT_COLUMNS[name].fits(read[name], read));
  for (const column of wrong) problems.add({ row, column, expected: EXTRACT_COLUMNS[column].expected });
  if (wrong.length > 0) return undefined;
  return { ...read, opened_on: read.opened_on || null, closed_on: read.closed_on || null };
}
