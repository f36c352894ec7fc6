import { csvCell } from '#lib/audit';
import { instantWords } from '../day-words.js';
import type { ShownEntry } from './entry-shown.js';
import type { FoundInLog } from './found-in-log.js';
import { unmarkedWords } from './log-words.js';

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
export async function* entryLines(entries: AsyncIterable<ShownEntry>, log: FoundInLog): AsyncGenerator<string> {
  yield* csvLines([...Object.keys(COLUMNS), 'Found wrong with it'], mapped(entries, log));
}

async function* mapped(entries: AsyncIterable<ShownEntry>, log: FoundInLog): AsyncGenerator<unknown[]> {
  const cells = Object.values(COLUMNS);
  // A line of its own, before the first: an entry that is missing has none.
  if (log.note !== null) yield [...cells.map(() => ''), log.note];
  for await (const entry of entries) yield [...cells.map((cell) => cell(entry)), entry.foundWrong ?? unmarkedWords(entry, log, 'Nothing')];
}

/** @param rows of as many cells as there are headings */
export async function* csvLines(headings: readonly string[], rows: AsyncIterable<unknown[]>): AsyncGenerator<string> {
  yield `${headings.map(csvCell).join()}\r\n`;
  for await (const row of rows) yield `${row.map(csvCell).join()}\r\n`;
}
