/** What there is of a source, as it claims itself (`…Held`) and as the live generation has it (`…Here`); null: not known. */
export interface SourceCounts {
  recordsHeld: number | null;
  openHeld: number | null;
  recordsHere: number | null;
  openHere: number | null;
}

export type Counted = keyof SourceCounts;
export const COUNTED = ['recordsHeld', 'openHeld', 'recordsHere', 'openHere'] as const satisfies Counted[];

export const NOTHING_COUNTED: SourceCounts = { recordsHeld: null, openHeld: null, recordsHere: null, openHere: null };

/** The column that keeps each of them. */
export const COLUMNS: Record<Counted, string> = {
  recordsHeld: 'records_held',
  openHeld: 'open_held',
  recordsHere: 'records_here',
  openHere: 'open_here',
};
