import { readFileSync } from 'node:fs';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, name } from '../../../../test/support/stored-people.js';

const { sources } = JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as { sources: { id: string }[] };

let app: QueryApp;
beforeAll(async () => {
  const withPostcodes = sources.map((source) => (source.id === 'northbridge-homes' ? { ...source, postcodes: ['NB', 'ZQ4'] } : source));
  app = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ sources: withPostcodes }) });
});
afterAll(() => app?.close());

const NOTHING = 'Checked, nothing found';
const OUT = 'Not checked: out of area, Northbridge Homes keeps no records of where they live';

describe('A service whose source keeps records of some postcodes alone', () => {
  it.each([
    ['within its area', [address('1 Mill Row', 'NB4 2QT')], NOTHING],
    ['within its district', [address('1 Mill Row', 'zq4 2qt')], NOTHING],
    ['in another district', [address('1 Mill Row', 'ZQ41 2QT')], OUT],
    ['elsewhere', [address('1 Mill Row', 'NX4 2QT')], OUT],
    ['at no known address', [], NOTHING],
    ['elsewhere in confidence', [address('1 Mill Row', 'NX4 2QT', { confidential: true })], NOTHING],
    [
      'within its area, once elsewhere',
      [address('2 Far Row', 'NX4 2QT', { kind: 'previous' as never }), address('1 Mill Row', 'NB4 2QT')],
      NOTHING,
    ],
  ])('says of somebody who lives %s', async (_, addresses, words) => {
    const { person } = await app.people.record({ names: [name(madeUpName(), 'Ada')], dateOfBirth: born('1980-01-02'), addresses });
    const panels = (await app.get(`/v1/people/${person}`)).body.result.panels;
    expect(panels.find(({ service }) => service === 'housing')!.state.words).toBe(words);
    expect(panels.find(({ service }) => service === 'adult-social-care')!.state.words).toBe(NOTHING);
    const [member] = (await app.get(`/v1/people/${person}/family`)).body.result.members;
    expect(member!.states.find(({ service }) => service === 'housing')!.state.words).toBe(words);
  });
});
