import { authorityOfNorthbridge, changedAuthority } from '../../../../test/support/changed-authority.js';
import { loadTellingSources } from './telling-sources.js';

const northbridgeWith = (service: string, changed: object) =>
  loadTellingSources(
    changedAuthority({
      services: authorityOfNorthbridge().services.map((one) => (one.service === service ? { ...one, ...changed } : one)),
    }),
  );

it('tell at the ages at which readers are shown their service; sensitive ones, and those matched with care, do not', () => {
  expect(loadTellingSources('deploy/authority/northbridge.json')).toEqual({
    shownAt: {
      mosaic: [null, null],
      synergy: [4, 20],
      'cluster-lists': [null, null],
      liquidlogic: [null, null],
      'northbridge-homes': [16, null],
      insight: [16, 24],
    },
    silent: [],
    caseManagementSystem: 'mosaic',
  });
});

it.each(['hidden', 'broker', 'no-agreement'])('tell nothing where their service is %s', (display) => {
  const { shownAt, silent } = northbridgeWith('school', { display });
  expect(shownAt).not.toHaveProperty('synergy');
  expect(silent).toEqual(['synergy']);
});

it('are not guessed from settings that are wrong', () => {
  expect(() => northbridgeWith('school', { fromAge: 'four' })).toThrow(/services or sources .* are wrong/);
});
