import type { Verdict } from './run-drill.js';

const TOLD = 8;

/** One line for a drill as it ends, and below it what was wrong. */
export function printVerdict(verdict: Verdict): void {
  const { drill, seed, problems } = verdict;
  const cells = COLUMNS.slice(1).map(({ title, of }) => `${title} ${of(verdict)}`);
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${drill}  seed ${seed}  ${cells.join('  ')}`);
  for (const note of verdict.notes) console.log(`    · ${note}`);
  for (const problem of problems.slice(0, TOLD)) console.log(`    ${problem}`);
  if (problems.length > TOLD) console.log(`    and ${problems.length - TOLD} more`);
}

/** All of them side by side. */
export function printTable(verdicts: readonly Verdict[]): void {
  const rows = [
    ['', ...COLUMNS.map(({ title }) => title)],
    ...verdicts.map((verdict) => [verdict.problems.length === 0 ? '✓' : '✗', ...COLUMNS.map(({ of }) => of(verdict))]),
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

const COLUMNS: { title: string; of(verdict: Verdict): string }[] = [
  { title: 'drill', of: ({ drill }) => drill },
  { title: 'published', of: ({ published }) => String(published) },
  { title: 'acknowledged', of: ({ acknowledged }) => String(acknowledged) },
  { title: 'in log', of: ({ inLog, again }) => (again === 0 ? String(inLog) : `${inLog} (${again} again)`) },
  { title: 'applied', of: ({ applied }) => String(applied) },
  { title: 'parked', of: ({ parked }) => String(parked) },
  { title: 'superseded', of: ({ superseded }) => String(superseded) },
  { title: 'erased', of: ({ erased }) => String(erased) },
  { title: 'people', of: ({ people }) => String(people) },
  { title: 'expected', of: ({ expected }) => expected },
  { title: 'held', of: ({ held }) => held },
  { title: 'worst freshness', of: ({ worstFreshnessMs }) => `${(worstFreshnessMs / 1000).toFixed(1)} s` },
  { title: 'took', of: ({ seconds }) => `${seconds.toFixed(1)} s` },
];
