import { csvCell } from '#lib/audit';
import { instantWords } from '../day-words.js';
import type { ShownEntry } from './entry-shown.js';

const COLUMNS: Record<string, (entry: ShownEntry) => unknown> = {
  When: ({ at }) => instantWords(at),
  'When (UTC)': ({ at }) => new Date(at).toISOString(),
  Who: ({ who }) => who,
  'Role and team then': ({ roleAndTeam }) => roleAndTeam,
  Action: ({ action }) => action,
  Outcome: ({ outcome }) => outcome,
  Person: ({ person }) => person?.id,
  'Why and reference': ({ why }) => why,
  'What was shown': ({ shown }) => shown,
  Freshness: ({ freshness }) => freshness,
  Request: ({ requestId }) => requestId,
  Entry: ({ id }) => id,
  'Number in the sealed log': ({ index }) => index,
};

/** Entries as lines of a CSV file. */
export async function* entryLines(entries: AsyncIterable<ShownEntry>): AsyncGenerator<string> {
  yield* csvLines(Object.keys(COLUMNS), mapped(entries));
}

async function* mapped(entries: AsyncIterable<ShownEntry>): AsyncGenerator<unknown[]> {
  for await (const entry of entries) yield Object.values(COLUMNS).map((cell) => cell(entry));
}

/** @param rows of as many cells as there are headings */
export async function* csvLines(headings: readonly string[], rows: AsyncIterable<unknown[]>): AsyncGenerator<string> {
  yield `${headings.map(csvCell).join()}\r\n`;
  for await (const row of rows) yield `${row.map(csvCell).join()}\r\n`;
}
