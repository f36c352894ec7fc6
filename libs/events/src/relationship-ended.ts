import { z } from 'zod';
import { day, head, optional, text } from './fields.js';

/** The link has ended, or (`retracted`) was never right and must disappear. */
export const RelationshipEnded = z.strictObject({
  type: z.literal('RelationshipEnded'),
  ...head,
  relationshipId: text(200),
  endedOn: optional(day()),
  retracted: z.boolean().default(false),
});
export type RelationshipEnded = z.output<typeof RelationshipEnded>;
