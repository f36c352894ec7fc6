import type { ReceivedFile } from '../csv/received-file.js';
import type { ListedFile } from '../csv/received-files.js';
import { columnsOf, formatsOf } from '../rows/read-fields.js';
import type { Mapping, Table } from '../sources/mapping.js';

/** A file as its source is told of it: counts, columns and rules, and never a value. */
export function fileAnswer(file: ReceivedFile | ListedFile) {
  const { id, table, complete, state, sha256, bytes, encoding, receivedFrom, confirmedBy, approvedBy, preview, receipt } = file;
  return {
    id,
    table,
    rows: complete ? 'all' : 'changes',
    state,
    exportedAt: new Date(file.exportedAt / 1000).toISOString(),
    received: { at: file.receivedAt.toISOString(), from: receivedFrom, bytes, encoding, sha256 },
    preview,
    confirmedBy,
    approvedBy,
    publishedAt: file.publishedAt?.toISOString() ?? null,
    receipt,
    ...('problems' in file && { problems: file.problems }),
  };
}

/** The tables of which a source may send files; none where that door is closed. */
export const tablesOf = ({ doors, tables }: Mapping) =>
  doors.includes('csv') ? Object.entries(tables).map(([name, table]) => ({ name, title: table.title, columns: columnsIn(table) })) : [];

function columnsIn(table: Table) {
  const formats = formatsOf(table);
  return [...new Set(columnsOf(table))].map((name) => ({ name, expected: formats.get(name)! }));
}

const COLUMNS = ['row', 'column', 'rule', 'outcome', 'expected', 'fix', 'masked'] as const;

/** The problems of a file, for a spreadsheet beside the file itself. */
export function problemsAsCsv({ problems }: ReceivedFile): string {
  const lines = problems.map((problem) => COLUMNS.map((name) => cell(String(problem[name]))).join(','));
  return `\uFEFF${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

/** What a spreadsheet would take for a formula stays text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
