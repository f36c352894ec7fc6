import type { Role } from './sign-in/reader.js';

/** What a question or an act may need. Operations and information governance do not imply reading families. */
export type Right = 'read-families' | 'operate';

const GRANTED: Partial<Record<Role, readonly Right[]>> = {
  'social-worker': ['read-families'],
  'team-manager': ['read-families'],
  duty: ['read-families'],
  operations: ['operate'],
};

/** Deny by default: a right is held only where the table above says so. */
export function holds(role: Role, right: Right): boolean {
  return GRANTED[role]?.includes(right) ?? false;
}

/** The page a reader comes to after signing in: what their role is for. */
export function homeOf(role: Role): string {
  if (holds(role, 'read-families')) return '/search';
  return holds(role, 'operate') ? '/operations' : '/what-is-in-the-index';
}
