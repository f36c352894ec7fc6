import { readerFromClaims } from './reader-from-claims.js';
import { SignInSettings } from './sign-in-settings.js';

const settings = SignInSettings.parse({
  claims: { id: 'upn', name: 'display', team: 'unit', role: 'groups' },
  roles: { 'Index managers': 'team-manager', 'Index workers': 'social-worker' },
});
const claims = { upn: 'Amara.Okafor', display: 'Amara Okafor', unit: 'Assessment East', groups: 'Index workers' };
const read = (more: object) => readerFromClaims({ ...claims, ...more }, settings);

test('a reader is who the claims say, by the names the settings give them', () => {
  expect(read({})).toEqual({ id: 'amara.okafor', name: 'Amara Okafor', role: 'social-worker', team: 'Assessment East' });
});

test('of several roles the first that the settings name counts, whatever the order of the claim', () => {
  expect(read({ groups: ['Index workers', 'All staff', 'Index managers'] })).toMatchObject({ role: 'team-manager' });
});

test.each([[undefined], ['index workers'], ['Index workers '], [['All staff']], [[]], [{ 'Index workers': true }], [true]])(
  'a role claim of %j gives nobody a role',
  (groups) => {
    expect(read({ groups })).toEqual({ why: 'no-role', id: 'amara.okafor' });
  },
);

test.each([
  [undefined],
  [''],
  [' '],
  [7],
  [['amara.okafor']],
  ['amara okafor'],
  ['amara\nokafor'],
  ['x'.repeat(201)],
  ['Machine.links'],
  ['*'],
])('a user name of %j is nobody’s', (upn) => {
  expect(read({ upn })).toEqual({ why: 'no-user-name', id: null });
});

test('without a display name the user name stands in, and a reader may be of no team', () => {
  expect(read({ display: undefined, unit: 3 })).toMatchObject({ name: 'amara.okafor', team: '' });
});

test('a name from the prototype of objects is no role', () => {
  for (const groups of ['constructor', 'toString', '__proto__']) expect(read({ groups })).toMatchObject({ why: 'no-role' });
});
