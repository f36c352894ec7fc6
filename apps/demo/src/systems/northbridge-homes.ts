import { ageOn } from '../days.js';
import { housing } from '../involvements/housing.js';
import { scattered, type SourceSystem } from './source-system.js';

const team = (name: string) => ({
  organisation: 'Northbridge Homes',
  name,
  domain: 'northbridge-homes.example',
  roles: ['Housing officer', 'Tenancy sustainment officer', 'Income officer', 'Anti-social behaviour officer'],
  workers: 6,
});

/** Council housing: whole households as the tenant gave them at the counter, short names and no birth dates. */
export const northbridgeHomes: SourceSystem = {
  source: 'northbridge-homes',
  service: 'housing',
  area: 'Northbridge council homes',
  coversFrom: '2005-04-01',
  checksEverySeconds: 30,
  teams: ['Eastfield and Low Moor', 'Harbour', 'Fellside and Priory', 'Town'].map(team),
  habits: {
    recordId: (n, chance) => `NH/${scattered(n, 100_000)}/${chance.int(1, 6)}`,
    capitals: false,
    keepsMarks: false,
    slips: 0.03,
    shortNames: 0.3,
    variants: 0.1,
    otherFamilyNames: 0.07,
    keepsFormerNames: false,
    missingBirthDate: 0.26,
    defaultBirthDate: { date: '1900-01-01', share: 0.02 },
    birthYearOnly: 0.03,
    wrongBirthDate: 0.02,
    nhsNumber: 0.45,
    otherIdentifiers: [],
    phone: 0.75,
    oldAddress: 0.04,
    twice: 0.02,
  },
  /** Whoever has met no other service has at least once asked for a home. */
  knows(family, chance, today, elsewhere) {
    const tenants = chance.chance(0.15 + family.need * 0.4);
    return family.people.filter(
      (person) => !person.unborn && (!elsewhere.has(person) || (tenants && chance.chance(ageOn(person.born, today) >= 16 ? 0.9 : 0.6))),
    );
  },
  involvements: (occasion) => (ageOn(occasion.person.born, occasion.today) >= 18 ? housing(occasion) : []),
  keepsRelationships: false,
  marksRestrictions: false,
};
