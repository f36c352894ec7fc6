import { tidy } from '../convert/column.js';

/** How many IDs of a column were read with zeros in front, because they have fewer digits than IDs there do. */
export interface ShortIds {
  column: string;
  digits: number;
  ids: number;
}

/** Counts IDs that were filled up: whoever sends the file has to see the guess, for each of them may be another person's, or nobody's. */
export class ShortIdsFound {
  private readonly found: ShortIds[];

  constructor(digits: ReadonlyMap<string, number>) {
    this.found = [...digits].map(([column, digits]) => ({ column, digits, ids: 0 }));
  }

  look(cells: Readonly<Record<string, string>>): void {
    for (const of of this.found) {
      const [, id] = /^(\d+)(?:\.0+)?$/.exec(tidy(cells[of.column] ?? '')) ?? [];
      if (id !== undefined && id.length < of.digits) of.ids += 1;
    }
  }

  get filledUp(): ShortIds[] {
    return this.found.filter(({ ids }) => ids > 0);
  }
}
