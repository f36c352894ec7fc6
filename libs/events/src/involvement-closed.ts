import { z } from 'zod';
import { day, head, optional, text } from './fields.js';

/** The service's involvement has ended; it is shown as "Involved before". */
export const InvolvementClosed = z.strictObject({
  type: z.literal('InvolvementClosed'),
  ...head,
  involvementId: text(200),
  closedOn: optional(day()),
  reason: optional(text(200)),
});
export type InvolvementClosed = z.output<typeof InvolvementClosed>;
