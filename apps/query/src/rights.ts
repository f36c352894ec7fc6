import type { Role } from './sign-in/reader.js';

/** What a question may need. Operations and information governance do not imply reading families. */
export type Right = 'read-families';

const GRANTED: Partial<Record<Role, readonly Right[]>> = {
  'social-worker': ['read-families'],
  'team-manager': ['read-families'],
  duty: ['read-families'],
};

/** Deny by default: a right is held only where the table above says so. */
export function holds(role: Role, right: Right): boolean {
  return GRANTED[role]?.includes(right) ?? false;
}
