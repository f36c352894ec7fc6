import { ageOn } from '../days.js';
import { youthOffending } from '../involvements/young-people.js';
import { scattered, type SourceSystem } from './source-system.js';

/** The youth justice team's own case list. */
export const childview: SourceSystem = {
  source: 'childview',
  service: 'youth-offending',
  area: 'Northbridge',
  coversFrom: '2015-01-01',
  checksEverySeconds: 30,
  teams: [
    {
      organisation: 'Northbridge Youth Justice Service',
      name: 'Youth Justice Team',
      domain: 'northbridge.example',
      roles: ['Youth justice officer', 'Youth justice social worker'],
      workers: 9,
    },
  ],
  habits: {
    recordId: (n) => `CV${scattered(n, 100_000)}`,
    capitals: false,
    keepsMarks: true,
    slips: 0.02,
    shortNames: 0.2,
    variants: 0.08,
    otherFamilyNames: 0.1,
    keepsFormerNames: true,
    missingBirthDate: 0.06,
    defaultBirthDate: null,
    birthYearOnly: 0.01,
    wrongBirthDate: 0.01,
    nhsNumber: 0.7,
    otherIdentifiers: ['cms', 'upn'],
    phone: 0.6,
    oldAddress: 0.1,
    twice: 0.01,
  },
  knows: (family, chance, today) =>
    family.people.filter(({ born, sex }) => {
      const age = ageOn(born, today);
      return age >= 11 && age <= 20 && chance.chance((sex === 'male' ? 0.05 : 0.02) + family.need * 0.3);
    }),
  involvements: youthOffending,
  keepsRelationships: false,
  marksRestrictions: false,
};
