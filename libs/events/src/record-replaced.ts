import { z } from 'zod';
import { head, text } from './fields.js';

/** The source re-keyed or merged its own records; the facts of `recordId` belong to `newRecordId` from now on. */
export const RecordReplaced = z.strictObject({
  type: z.literal('RecordReplaced'),
  ...head,
  /** At the door the source's own record id; in the log that record's subject token. */
  newRecordId: text(200),
});
export type RecordReplaced = z.output<typeof RecordReplaced>;
