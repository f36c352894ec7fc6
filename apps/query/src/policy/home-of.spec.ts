import { ROLES, type Role } from '../sign-in/reader.js';
import { homeOf, reaches } from './home-of.js';

test('after signing in everybody comes to what their role is for', () => {
  expect(homeOf('social-worker')).toBe('/search');
  expect(homeOf('duty')).toBe('/search');
  expect(homeOf('operations')).toBe('/operations');
  expect(homeOf('ig-officer')).toBe('/audit');
  expect(homeOf('source-publisher')).toBe('/sources');
  expect(homeOf('data-steward')).toBe('/matches');
  expect(homeOf('administrator')).toBe('/settings');
});

test('only those who work with families may search, and only operations may operate, and the audit is read by its officers and by managers', () => {
  const roles = Object.keys(ROLES) as Role[];
  expect(roles.filter((role) => reaches(role, 'search'))).toEqual(['social-worker', 'team-manager', 'duty']);
  expect(roles.filter((role) => reaches(role, 'audit'))).toEqual(['team-manager', 'ig-officer']);
  expect(roles.filter((role) => reaches(role, 'operations'))).toEqual(['operations']);
});
