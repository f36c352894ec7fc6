import { holds, homeOf } from './rights.js';
import { ROLES, type Role } from './sign-in/reader.js';

test('only those who work with families may read families; information governance and operations may not', () => {
  const allowed = (Object.keys(ROLES) as Role[]).filter((role) => holds(role, 'read-families'));
  expect(allowed).toEqual(['social-worker', 'team-manager', 'duty']);
});

test('only operations may operate, and operations do not read families', () => {
  expect((Object.keys(ROLES) as Role[]).filter((role) => holds(role, 'operate'))).toEqual(['operations']);
});

test('after signing in everybody comes to what their role is for', () => {
  expect(homeOf('social-worker')).toBe('/search');
  expect(homeOf('operations')).toBe('/operations');
  expect(homeOf('ig-officer')).toBe('/what-is-in-the-index');
});

test('a role or a right that nobody has thought of is denied', () => {
  expect(holds('visitor' as Role, 'read-families')).toBe(false);
  expect(holds('social-worker', 'delete-families' as 'read-families')).toBe(false);
});
