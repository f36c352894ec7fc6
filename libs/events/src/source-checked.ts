import { z } from 'zod';
import { SERVICES } from './codes.js';
import { code, count, day, head, instant, optional, text } from './fields.js';

const { recordId: _, ...headWithoutRecord } = head;

/** "We looked, and this is how far we see": the source's coverage of one service. It concerns no record. */
export const SourceChecked = z.strictObject({
  type: z.literal('SourceChecked'),
  ...headWithoutRecord,
  service: code(SERVICES),
  /** Everything the source knew at this instant has been published. */
  completeTo: instant(),
  coversFrom: optional(day()),
  coversTo: optional(day()),
  area: optional(text(200)),
  /** Records and open involvements the source holds, to compare with what the index holds; never shown to readers. */
  recordsHeld: optional(count()),
  openInvolvementsHeld: optional(count()),
});
export type SourceChecked = z.output<typeof SourceChecked>;
