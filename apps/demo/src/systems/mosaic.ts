import { ageOn } from '../days.js';
import { landline } from '../identifiers/telephone.js';
import { childrensSocialCare } from '../involvements/childrens-social-care.js';
import type { TeamPlan } from '../staff/team.js';
import { scattered, type SourceSystem } from './source-system.js';

const ASSESSORS = ['Social worker', 'Senior social worker', 'Newly qualified social worker'];
const outOfHours = { name: 'Emergency Duty Team', phone: landline(101) };
/** Those who can sign in to the development stack and have cases. */
const READERS: Record<string, NonNullable<TeamPlan['known']>> = {
  'Assessment East': [
    { name: ['Amara', 'Okafor'], role: 'Social worker' },
    { name: ['Priya', 'Nair'], role: 'Team manager' },
  ],
  'Assessment West': [{ name: ['Dan', 'Whittle'], role: 'Duty worker' }],
};
const team = (name: string) => ({
  organisation: 'Northbridge Council',
  name,
  domain: 'northbridge.example',
  roles: ASSESSORS,
  workers: 12,
  outOfHours,
  readers: true,
  known: READERS[name],
});

/** Children’s social care: careful about dates of birth, and the only system that keeps who is related to whom. */
export const mosaic: SourceSystem = {
  source: 'mosaic',
  service: 'childrens-social-care',
  area: 'Northbridge',
  coversFrom: '2010-01-01',
  checksEverySeconds: 30,
  teams: ['Assessment East', 'Assessment West', 'Child Protection', 'Children Looked After', 'Children with Disabilities'].map(team),
  habits: {
    recordId: (n) => String(scattered(n, 100_000)),
    capitals: false,
    keepsMarks: true,
    slips: 0.01,
    shortNames: 0.03,
    variants: 0.03,
    otherFamilyNames: 0.01,
    keepsFormerNames: true,
    missingBirthDate: 0.015,
    defaultBirthDate: null,
    birthYearOnly: 0.01,
    wrongBirthDate: 0.005,
    nhsNumber: 0.88,
    otherIdentifiers: ['upn'],
    phone: 0.8,
    oldAddress: 0.05,
    twice: 0.006,
  },
  knows(family, chance, today) {
    const children = family.people.filter(({ born }) => ageOn(born, today) < 18);
    const expecting = family.people.some(({ unborn }) => unborn);
    if (!expecting && !chance.chance(children.length > 0 ? 0.38 + family.need * 0.6 : 0.06)) return [];
    return family.people.filter((person) => children.includes(person) || chance.chance(0.93));
  },
  involvements: (occasion) => (ageOn(occasion.person.born, occasion.today) < 25 ? childrensSocialCare(occasion) : []),
  keepsRelationships: true,
  marksRestrictions: true,
};
