import { ageOn } from '../days.js';
import { notInEducation } from '../involvements/young-people.js';
import { scattered, type SourceSystem } from './source-system.js';

/** The careers service: most of those of 16 to 24, an involvement only for those without school, work or training. */
export const insight: SourceSystem = {
  source: 'insight',
  service: 'not-in-education',
  area: 'Northbridge',
  coversFrom: '2014-09-01',
  checksEverySeconds: 30,
  teams: [
    {
      organisation: 'Northbridge Careers',
      name: 'Moving On',
      domain: 'northbridge-careers.example',
      roles: ['Personal adviser', 'Careers adviser'],
      workers: 10,
    },
  ],
  habits: {
    recordId: (n) => `${scattered(n, 10_000_000)}`,
    capitals: false,
    keepsMarks: true,
    slips: 0.03,
    shortNames: 0.25,
    variants: 0.06,
    otherFamilyNames: 0.05,
    keepsFormerNames: false,
    missingBirthDate: 0.12,
    defaultBirthDate: { date: '2000-01-01', share: 0.01 },
    birthYearOnly: 0.02,
    wrongBirthDate: 0.02,
    nhsNumber: 0.5,
    otherIdentifiers: ['upn'],
    phone: 0.85,
    oldAddress: 0.2,
    twice: 0.01,
  },
  knows: (family, chance, today) =>
    family.people.filter(({ born }) => {
      const age = ageOn(born, today);
      return age >= 16 && age <= 24 && chance.chance(0.6);
    }),
  involvements: (occasion) => (occasion.chance.chance(0.2 + occasion.family.need * 0.5) ? notInEducation(occasion) : []),
  keepsRelationships: false,
  marksRestrictions: false,
};
