import { ageOn } from '../days.js';
import { youngCarers } from '../involvements/young-people.js';
import { type SourceSystem } from './source-system.js';

/** A small charity that has no system, and a list: children who look after somebody. */
export const generic: SourceSystem = {
  source: 'generic',
  service: 'other',
  area: 'The whole authority',
  coversFrom: '2020-01-01',
  checksEverySeconds: 30,
  teams: [
    {
      organisation: 'Northbridge Young Carers',
      name: 'Young Carers',
      domain: 'northbridge-young-carers.example',
      roles: ['Young carers worker', 'Project lead'],
      workers: 4,
    },
  ],
  habits: {
    recordId: (n) => `YC${String(n).padStart(4, '0')}`,
    capitals: false,
    keepsMarks: true,
    slips: 0.05,
    shortNames: 0.3,
    variants: 0.1,
    otherFamilyNames: 0.05,
    keepsFormerNames: false,
    missingBirthDate: 0.15,
    defaultBirthDate: null,
    birthYearOnly: 0.04,
    wrongBirthDate: 0.02,
    nhsNumber: 0.1,
    otherIdentifiers: [],
    phone: 0.6,
    oldAddress: 0.1,
    twice: 0.01,
  },
  knows: (family, chance, today) =>
    family.people.filter(({ born }) => {
      const age = ageOn(born, today);
      return age >= 8 && age <= 18 && chance.chance(0.02 + family.need * 0.12);
    }),
  involvements: youngCarers,
  keepsRelationships: false,
  marksRestrictions: false,
};
