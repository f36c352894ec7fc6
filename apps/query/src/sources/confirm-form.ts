import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import type { ToldFile } from './told-file.js';

/** Reads the form that confirms a file: its number of rows as the source knows it, and yes to everything that was guessed. @param problems where what has to be corrected is noted */
export function rowsConfirmed(typed: Typed, { preview }: ToldFile, problems: Problem[]): number {
  const rows = textIn(typed, 'confirmed').replaceAll(',', '');
  if (!/^\d{1,9}$/.test(rows)) problems.push({ field: 'confirmed', message: 'Enter the number of rows of the export, without the header' });
  if (preview.taken.length > 0 && textIn(typed, 'columns') !== 'yes')
    problems.push({ field: 'columns', message: 'Confirm that these columns mean the same, or correct the file' });
  if (preview.dates.length > 0 && textIn(typed, 'dates') !== 'yes')
    problems.push({ field: 'dates', message: 'Confirm that the day comes first in these dates, or correct the file' });
  if (preview.shortIds.length > 0 && textIn(typed, 'ids') !== 'yes')
    problems.push({ field: 'ids', message: 'Confirm that zeros are missing in front of these IDs, or correct the file' });
  return Number(rows);
}
