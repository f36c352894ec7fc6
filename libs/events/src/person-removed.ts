import { z } from 'zod';
import { REMOVAL_REASONS } from './codes.js';
import { code, head } from './fields.js';

/** The source no longer holds this record, or should never have held it. */
export const PersonRemoved = z.strictObject({ type: z.literal('PersonRemoved'), ...head, reason: code(REMOVAL_REASONS) });
export type PersonRemoved = z.output<typeof PersonRemoved>;
