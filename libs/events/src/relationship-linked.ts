import { z } from 'zod';
import { RELATIONSHIPS } from './codes.js';
import { code, day, head, optional, text } from './fields.js';

/** The source links two of its records; `type` says what the other record is to this one. */
export const RelationshipLinked = z.strictObject({
  type: z.literal('RelationshipLinked'),
  ...head,
  relationshipId: text(200),
  /** At the door the source's own record id; in the log that record's subject token. */
  otherRecordId: text(200),
  relationship: code(RELATIONSHIPS),
  startedOn: optional(day()),
  /** Whether the other person holds parental responsibility for this one. */
  parentalResponsibility: z.boolean().default(false),
  /** Whether the other person is this one's main carer. */
  mainCarer: z.boolean().default(false),
});
export type RelationshipLinked = z.output<typeof RelationshipLinked>;
