import { SERVICES } from '#lib/events';

/** An involvement as a source's extract tells it; days are YYYY-MM-DD. */
export interface ExtractRow {
  record_id: string;
  involvement_id: string;
  service: string;
  status: string;
  opened_on: string | null;
  closed_on: string | null;
}

type Cells = Record<keyof ExtractRow, string>;

interface Column {
  /** What is expected, for whoever wrote the extract. */
  expected: string;
  fits(cell: string, row: Cells): boolean;
}

const named: Column = {
  expected: '1 to 200 characters',
  fits: (cell) => cell.length >= 1 && cell.length <= 200 && !cell.includes('\uFFFD'),
};
const isDay = (cell: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(cell) && !Number.isNaN(Date.parse(cell)) && new Date(cell).toISOString().startsWith(cell);

/** The columns an extract has, by the names in its header, in any order. */
export const EXTRACT_COLUMNS: Readonly<Record<keyof ExtractRow, Column>> = {
  record_id: named,
  involvement_id: named,
  service: { expected: `one of ${Object.keys(SERVICES).join(', ')}`, fits: (cell) => Object.hasOwn(SERVICES, cell) },
  status: { expected: 'open or closed', fits: (cell) => cell === 'open' || cell === 'closed' },
  opened_on: { expected: 'a day (YYYY-MM-DD), or nothing', fits: (cell) => cell === '' || isDay(cell) },
  closed_on: {
    expected: 'a day (YYYY-MM-DD) or nothing; nothing while the involvement is open',
    fits: (cell, { status }) => cell === '' || (status !== 'open' && isDay(cell)),
  },
};

export const COLUMN_NAMES = Object.keys(EXTRACT_COLUMNS) as (keyof ExtractRow)[];
