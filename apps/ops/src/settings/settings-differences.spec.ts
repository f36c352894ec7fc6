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
    expect(words(services(police), services({ service: 'police', display: 'hidden' }))).toEqual([
      'services › police › display: was not set, is "hidden"',
      'services › police › fromAge: was 18, is not set any more',
    ]);
  });

  it('is told of what was added, removed and put into another order', () => {
    expect(words(services(police), services(police, school))).toEqual([
      'services › school: was not set, is {"service":"school","fromAge":4,"toAge":20}',
    ]);
    expect(words(services(school, police), services(police))).toEqual([
      'services › school: was {"service":"school","fromAge":4,"toAge":20}, is not set any more',
    ]);
    expect(words(services(school, police), services(police, school))).toEqual(['services: the order changed']);
    expect(words({ roles: { a: 'duty', b: 'duty' } }, { roles: { b: 'duty', a: 'duty' } })).toEqual(['roles: the order changed']);
    expect(words({ journeys: ['search-any'] }, { journeys: ['search-any', 'child-first'] })).toEqual([
      'journeys: was ["search-any"], is ["search-any","child-first"]',
    ]);
  });

  it('is nothing where nothing changed', () => {
    expect(words(services(police), services(police))).toEqual([]);
  });
});
