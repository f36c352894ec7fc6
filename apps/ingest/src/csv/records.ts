import { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';

/** The file is no CSV from this row on: nothing behind it can be trusted. */
export class NotCsvError extends Error {
  constructor(
    /** The last row that could be read. */
    readonly row: number,
    readonly code: string,
  ) {
    super(`no CSV after row ${row} (${code})`);
    this.name = 'NotCsvError';
  }
}

export interface CsvRecord {
  /** As a spreadsheet counts, the first row is 1. */
  row: number;
  cells: string[];
}

const LONGEST_ROW = 1_000_000;

/** The rows of a CSV text with commas, semicolons, tabs or bars, as the first row shows. Empty rows are left out but counted. @throws NotCsvError */
export async function* recordsIn(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const { delimiter, all, skipped } = await withDelimiter(text);
  const parser = parse({ delimiter, relax_column_count: true, skip_empty_lines: false, max_record_size: LONGEST_ROW, relax_quotes: false });
  pipeline(Readable.from(all), parser, () => undefined);
  let row = skipped;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // rows that were read and not yet handed on are lost with the error, which counts them
    const { records } = error as CsvError & { records?: unknown };
    throw new NotCsvError(typeof records === 'number' ? skipped + records : row, error.code);
  }
}

const DELIMITERS = [',', ';', '\t', '|'];

/** Spreadsheets may begin a file with a row that names its delimiter alone. */
async function withDelimiter(text: AsyncIterable<string>): Promise<{ delimiter: string; all: AsyncIterable<string>; skipped: number }> {
  const chunks = text[Symbol.asyncIterator]();
  let head = '';
  let ended = false;
  while (!ended && !/[\r\n][^\r\n]/.test(head) && head.length < LONGEST_ROW) {
    const next = await chunks.next();
    if (next.done) ended = true;
    else head += next.value;
  }
  const named = /^sep=(.)\r?\n/i.exec(head);
  const start = named ? head.slice(named[0].length) : head;
  async function* all() {
    yield start;
    if (ended) return;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  return { delimiter: named?.[1] ?? commonest(start), all: all(), skipped: named ? 1 : 0 };
}

function commonest(text: string): string {
  const unquoted = text.replaceAll(/"[^"]*"/g, '');
  const header = unquoted.slice(0, unquoted.search(/[\r\n]|$/));
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}
