import { ageOn } from '../days.js';
import { police } from '../involvements/police.js';
import { scattered, type SourceSystem } from './source-system.js';

const team = (name: string) => ({
  organisation: 'Northbridge Police',
  name,
  domain: 'northbridge-police.example',
  roles: ['Police constable', 'Detective constable', 'Safeguarding officer', 'Detective sergeant'],
  workers: 8,
});

/** Police: capitals, whatever name was given at the door, and the same person twice. */
export const niche: SourceSystem = {
  source: 'niche',
  service: 'police',
  area: 'Northbridge division',
  coversFrom: '2012-01-01',
  checksEverySeconds: 30,
  teams: ['North division', 'South division', 'Harbour division'].map(team),
  habits: {
    recordId: (n) => `NB-N${scattered(n, 1_000_000)}`,
    capitals: true,
    keepsMarks: false,
    slips: 0.04,
    shortNames: 0.15,
    variants: 0.15,
    otherFamilyNames: 0.1,
    keepsFormerNames: true,
    missingBirthDate: 0.22,
    defaultBirthDate: { date: '1901-01-01', share: 0.02 },
    birthYearOnly: 0.06,
    wrongBirthDate: 0.03,
    nhsNumber: 0.4,
    otherIdentifiers: [],
    phone: 0.3,
    oldAddress: 0.3,
    twice: 0.06,
  },
  knows: (family, chance, today) =>
    family.people.filter(({ born, sex }) => {
      const age = ageOn(born, today);
      return age >= 12 && age < 75 && chance.chance((sex === 'male' ? 0.11 : 0.06) + family.need * 0.25);
    }),
  involvements: police,
  keepsRelationships: false,
  marksRestrictions: false,
};
