/** How the dates of a column are written where nothing but their order tells day from month. */
export interface DateGuess {
  column: string;
  /** Dates such as 31/05/2014, which prove that the day comes first. */
  dayFirst: number;
  /** Dates such as 05/31/2014, which prove that it does not: each of them is refused or left out. */
  monthFirst: number;
  /** Dates such as 04/05/2014: read day first, as all are. */
  either: number;
}

const TWO_NUMBERS = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b/;

/** Notes for each column of dates what speaks for and against reading it day first: whoever sends the file has to see the guess. */
export class DateGuesses {
  private readonly guesses: DateGuess[];

  constructor(columns: readonly string[]) {
    this.guesses = [...new Set(columns)].map((column) => ({ column, dayFirst: 0, monthFirst: 0, either: 0 }));
  }

  look(cells: Readonly<Record<string, string>>): void {
    for (const guess of this.guesses) {
      const [, first, second] = TWO_NUMBERS.exec(cells[guess.column] ?? '') ?? [];
      if (first === undefined || second === undefined) continue;
      if (Number(first) > 12) guess.dayFirst += 1;
      else if (Number(second) > 12) guess.monthFirst += 1;
      else guess.either += 1;
    }
  }

  /** The columns in which something had to be guessed, and nothing in the column proves the guess; or something speaks against it. */
  get unproved(): DateGuess[] {
    return this.guesses.filter(({ dayFirst, monthFirst, either }) => monthFirst > 0 || (either > 0 && dayFirst === 0));
  }
}
