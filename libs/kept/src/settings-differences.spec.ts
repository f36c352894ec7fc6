import { differenceWords, settingsDifferences } from './settings-differences.js';

const words = (was: unknown, is: unknown) => settingsDifferences(was, is).map(differenceWords);
const services = (...list: object[]) => ({ name: 'Northbridge', services: list });
const police = { service: 'police', fromAge: 18 };
const school = { service: 'school', fromAge: 4, toAge: 20 };

describe('What changed in the settings', () => {
  it('is told by the field as it stands in the file, with what it was and is', () => {
    expect(words(services(police, school), services({ ...police, fromAge: 16 }, school))).toEqual([
      'services › police › fromAge: was 18, is 16',
    ]);
    expect(words(services({ ...police, broker: 'x' }), services({ service: 'police', display: 'hidden' }))).toEqual([
      'services › police › display: was "shown", is "hidden"',
      'services › police › broker: was "x", is not set any more',
    ]);
  });

  it('is told of what was added, removed and put into another order', () => {
    const whole = '{"display":"shown","fromAge":4,"toAge":20,.*"service":"school"}';
    expect(words(services(police), services(police, school))).toEqual([
      expect.stringMatching(`^services › school: was not set, is ${whole}$`),
    ]);
    expect(words(services(school, police), services(police))).toEqual([
      expect.stringMatching(`^services › school: was ${whole}, is not set any more$`),
    ]);
    expect(words(services(school, police), services(police, school))).toEqual(['services: the order changed']);
    expect(words({ roles: { a: 'duty', b: 'duty' } }, { roles: { b: 'duty', a: 'duty' } })).toEqual(['roles: the order changed']);
    expect(words({ journeys: ['search-any'] }, { journeys: ['search-any', 'child-first'] })).toEqual([
      'journeys: was ["search-any"], is ["search-any","child-first"]',
    ]);
  });

  it('is told of what counts: a rule that is left out is the default one', () => {
    expect(words(services(police), services({ service: 'police' }))).toEqual([]);
    expect(words(services({ service: 'police', fromAge: 16 }), services({ service: 'police' }))).toEqual([
      'services › police › fromAge: was 16, is 18',
    ]);
    expect(words(services({ service: 'police' }), services({ service: 'police', fromAge: null, saysCurrent: true }))).toEqual([
      'services › police › fromAge: was 18, is null',
      'services › police › saysCurrent: was false, is true',
    ]);
  });

  it('can be told field by field of what was added or removed as a whole, and nothing in it is left out', () => {
    const apart = (was: unknown, is: unknown) =>
      settingsDifferences(was, is, { apart: true }).map(({ path, was, is }) => [path.join(), was, is]);
    const claims = { id: 'sub', role: 'role' };
    expect(apart({}, { signIn: { claims, machines: [] }, unusualUse: { self: {} } })).toEqual([
      ['signIn,claims,id', undefined, 'sub'],
      ['signIn,claims,role', undefined, 'role'],
      ['signIn,machines', undefined, []],
      ['unusualUse,self', undefined, {}],
    ]);
    expect(apart({ roles: { a: 'duty' } }, {})).toEqual([['roles,a', 'duty', undefined]]);
    expect(apart({ roles: { a: 'duty' } }, { roles: {} })).toEqual([['roles,a', 'duty', undefined]]);
    expect(apart({ roles: ['a'] }, { roles: { a: 'duty' } })).toEqual([['roles', ['a'], { a: 'duty' }]]);
  });

  it('is nothing where nothing changed', () => {
    expect(words(services(police), services(police))).toEqual([]);
  });
});
