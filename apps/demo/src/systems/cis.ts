import { ageOn } from '../days.js';
import { landline } from '../identifiers/telephone.js';
import { adultSocialCare } from '../involvements/adult-social-care.js';
import { scattered, type SourceSystem } from './source-system.js';

const team = (name: string) => ({
  organisation: 'Northbridge Council',
  name,
  domain: 'northbridge.example',
  roles: ['Social worker', 'Occupational therapist', 'Care coordinator', 'Approved mental health professional'],
  workers: 8,
  outOfHours: { name: 'Emergency Duty Team', phone: landline(101) },
});

/** Adult social care: an old system that stores neither accents nor other scripts. */
export const cis: SourceSystem = {
  source: 'cis',
  service: 'adult-social-care',
  area: 'Northbridge',
  coversFrom: '2008-04-01',
  checksEverySeconds: 30,
  teams: ['Older People North', 'Older People South', 'Learning Disability', 'Mental Health', 'Hospital Discharge'].map(team),
  habits: {
    recordId: (n) => `P${scattered(n, 1_000_000)}`,
    capitals: false,
    keepsMarks: false,
    slips: 0.02,
    shortNames: 0.1,
    variants: 0.08,
    otherFamilyNames: 0.05,
    keepsFormerNames: true,
    missingBirthDate: 0.02,
    defaultBirthDate: null,
    birthYearOnly: 0.02,
    wrongBirthDate: 0.01,
    nhsNumber: 0.85,
    otherIdentifiers: [],
    phone: 0.7,
    oldAddress: 0.1,
    twice: 0.01,
  },
  knows: (family, chance, today) =>
    family.people.filter(({ born }) => {
      const age = ageOn(born, today);
      return age >= 18 && chance.chance(age >= 60 ? 0.55 : 0.04 + family.need * 0.22);
    }),
  involvements: adultSocialCare,
  keepsRelationships: false,
  marksRestrictions: true,
};
