import type { Role } from '../sign-in/reader.js';
import { factsOf } from './facts-of.js';
import { type DataClass, decide } from './policy.js';

/** Whether a role has anything to do with such data at all, be it of the own team alone: what the navigation goes by. */
export const reaches = (role: Role, data: DataClass): boolean =>
  decide(factsOf({ role }, data, { relationship: 'own-team' })).outcome !== 'deny';

/** The page a reader comes to after signing in: what their role is for. */
export function homeOf(role: Role): string {
  if (reaches(role, 'search')) return '/search';
  if (reaches(role, 'audit')) return '/audit';
  if (reaches(role, 'operations')) return '/operations';
  if (reaches(role, 'settings')) return '/settings';
  if (reaches(role, 'matching')) return '/matches';
  return reaches(role, 'own-sources') ? '/sources' : '/what-is-in-the-index';
}
