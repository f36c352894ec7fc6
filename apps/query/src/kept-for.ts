import { z } from 'zod';

/** Whole years or months as ISO 8601 writes them: `P6Y`, `P18M`. */
export const Period = z.string().regex(/^P[1-9]\d{0,2}[YM]$/, 'must be whole years or months, such as P6Y or P18M');

/** "6 years", "1 month" */
export function periodWords(period: string): string {
  const count = Number(period.slice(1, -1));
  return `${count} ${period.endsWith('Y') ? 'year' : 'month'}${count === 1 ? '' : 's'}`;
}
