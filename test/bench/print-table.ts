import type { Result } from './result.js';

const verdict = ({ target, met }: Result): string => (target === '' ? '' : met ? 'met' : 'MISSED');

/** Prints results and targets side by side. */
export function printTable(results: readonly Result[]): void {
  const rows = [
    ['', 'what', 'result', 'target', ''],
    ...results.map((line) => [`(${line.measure})`, line.what, line.result, line.target, verdict(line)]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  console.log(`\n${lines.join('\n')}\n`);
}
