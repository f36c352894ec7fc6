import { authorityOfNorthbridge, changedAuthority } from '../../../../test/support/changed-authority.js';
import { loadAuthority } from '../authority.js';
import type { Reader } from '../sign-in/reader.js';
import { databasesAsked } from './databases-asked.js';

const DISPLAYS: Record<string, object> = {
  police: { display: 'no-agreement' },
  'youth-offending': { display: 'hidden' },
  'early-help': { display: 'broker', broker: { name: 'the broker', phone: '01632 960 199', outOfHoursPhone: '01632 960 198' } },
};
const services = authorityOfNorthbridge().services.map((shown) => ({ ...shown, ...DISPLAYS[shown.service] }));
const authority = loadAuthority(changedAuthority({ services }));
const offered = (role: Reader['role']) => databasesAsked({ id: 'x.y', name: 'X', role, team: 'East' }, authority).map(({ id }) => id);

test('an officer asks by the IDs of every database that readers may know of; a hidden service, or a broker’s, has none to them either', () => {
  expect(offered('ig-officer')).toEqual(['mosaic', 'synergy', 'cis', 'northbridge-homes', 'insight', 'niche', 'generic']);
});

test('a team manager asks by case ID', () => {
  expect(offered('team-manager')).toEqual(['mosaic']);
});
