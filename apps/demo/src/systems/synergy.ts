import { ageOn } from '../days.js';
import { school } from '../involvements/school.js';
import { scattered, type SourceSystem } from './source-system.js';

const SAFEGUARDING = ['Designated safeguarding lead', 'Deputy safeguarding lead', 'Pastoral lead', 'SENCO'];
const schoolTeam = (phase: 'Primary' | 'Secondary' | 'Off-site provision') => (organisation: string) => ({
  organisation,
  name: phase,
  domain: `${organisation.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`,
  roles: SAFEGUARDING,
  workers: phase === 'Primary' ? 3 : 6,
});
const PRIMARIES =
  'Millgate Primary School|St Hilda’s Primary School|Low Moor Primary School|Harbour Street Primary School|Fellside Primary School|Priory Lane Infant and Junior School|Eastfield Primary Academy|Beckside Primary School|Whinney Hill Primary School|Our Lady of the Bridge Primary School|Al-Noor Primary School|Newlands Community Primary School';
const SECONDARIES = 'Northbridge High School|St Oswald’s College|Harbour Academy|Fellside Grammar School|Priory Girls’ School';

/** Schools: every pupil, by the name on the register, and no relationships. */
export const synergy: SourceSystem = {
  source: 'synergy',
  service: 'school',
  area: 'Northbridge schools',
  coversFrom: '2010-09-01',
  checksEverySeconds: 30,
  teams: [
    ...PRIMARIES.split('|').map(schoolTeam('Primary')),
    ...SECONDARIES.split('|').map(schoolTeam('Secondary')),
    schoolTeam('Off-site provision')('The Lock House Centre'),
  ],
  habits: {
    recordId: (n) => `S${scattered(n, 1_000_000)}`,
    capitals: false,
    keepsMarks: true,
    slips: 0.015,
    shortNames: 0.08,
    variants: 0.05,
    otherFamilyNames: 0.06,
    keepsFormerNames: false,
    missingBirthDate: 0.14,
    defaultBirthDate: null,
    birthYearOnly: 0,
    wrongBirthDate: 0.01,
    nhsNumber: 0.7,
    otherIdentifiers: ['upn'],
    phone: 0.3,
    oldAddress: 0.12,
    twice: 0.004,
  },
  knows: (family, chance, today) =>
    family.people.filter(({ born }) => {
      const age = ageOn(born, today);
      return age >= 5 && age <= 19 && chance.chance(age <= 16 ? 0.93 : 0.55);
    }),
  involvements: school,
  keepsRelationships: false,
  marksRestrictions: false,
};
