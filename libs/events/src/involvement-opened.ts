import { z } from 'zod';
import { head } from './fields.js';
import { involvementDescription } from './involvement-description.js';

/** A service is involved with a person from now on (or again). */
export const InvolvementOpened = z.strictObject({ type: z.literal('InvolvementOpened'), ...head, ...involvementDescription });
export type InvolvementOpened = z.output<typeof InvolvementOpened>;
