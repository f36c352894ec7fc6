import { z } from 'zod';
import { head } from './fields.js';
import { involvementDescription } from './involvement-description.js';

/** The involvement's description, restated whole. Never reopens a closed one. */
export const InvolvementUpdated = z.strictObject({ type: z.literal('InvolvementUpdated'), ...head, ...involvementDescription });
export type InvolvementUpdated = z.output<typeof InvolvementUpdated>;
