import { UnusualUse } from './unusual-use.js';

const NEVER = { from: '09:00', to: '09:00' };

it.each([
  ['everybody', { hours: NEVER }, 'outOfHours.hours.to'],
  ['a role', { roles: { duty: NEVER } }, 'outOfHours.roles.duty.to'],
])('Hours of %s that end when they begin are refused, and told where', (_, outOfHours, place) => {
  const issues = UnusualUse.safeParse({ outOfHours }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  expect(issues).toEqual([`${place}: from and to must not be the same time`]);
});
