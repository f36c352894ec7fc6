import { z } from 'zod';
import { ROLES, type Role } from './reader.js';

const role = z.enum(Object.keys(ROLES) as [Role, ...Role[]]);

/** How the directory names readers: part of the authority's file. */
export const SignInSettings = z.strictObject({
  /** Names of the claims of its ID tokens. */
  claims: z.strictObject({ id: z.string().min(1), name: z.string().min(1), team: z.string().min(1), role: z.string().min(1) }),
  /** What stands in the claim `role` (a text or a list) → role here. Where several are in the list, the first of these counts. */
  roles: z.record(z.string().min(1), role).refine((roles) => Object.keys(roles).length > 0, 'names no role'),
  /** Machine clients that may ask questions, and in whose name their looks are recorded. */
  machines: z
    .array(
      z.strictObject({
        client: z.string().min(1),
        reader: z.strictObject({
          id: z.string().regex(/^machine\.[a-z0-9.-]+$/, 'must begin with "machine.", so that it is no worker’s'),
          name: z.string().min(1),
          role,
          team: z.string(),
        }),
      }),
    )
    .default([]),
});
export type SignInSettings = z.output<typeof SignInSettings>;
