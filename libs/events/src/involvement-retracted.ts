import { z } from 'zod';
import { head, text } from './fields.js';

/** Entered in error: the involvement must disappear, not become historic. */
export const InvolvementRetracted = z.strictObject({ type: z.literal('InvolvementRetracted'), ...head, involvementId: text(200) });
export type InvolvementRetracted = z.output<typeof InvolvementRetracted>;
