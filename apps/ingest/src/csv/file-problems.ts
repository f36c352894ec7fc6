import type { RowProblem } from '../rows/fact.js';

/** Problems told one by one; the rest are counted. */
const TOLD_AT_MOST = 2_000;

/** Everything wrong in a file: all is counted, the first are told. */
export class FileProblems {
  readonly told: RowProblem[] = [];
  /** How often each rule was broken in each column. */
  readonly counts = new Map<string, number>();
  count = 0;

  add(problem: RowProblem): void {
    this.count += 1;
    const key = `${problem.column} ${problem.rule}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (this.told.length < TOLD_AT_MOST) this.told.push(problem);
  }
}
