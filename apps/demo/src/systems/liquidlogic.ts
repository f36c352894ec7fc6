import { ageOn } from '../days.js';
import { landline } from '../identifiers/telephone.js';
import { earlyHelp } from '../involvements/young-people.js';
import { scattered, type SourceSystem } from './source-system.js';

const team = (name: string) => ({
  organisation: 'Northbridge Council',
  name,
  domain: 'northbridge.example',
  roles: ['Family help worker', 'Senior family help worker', 'Early help assessor'],
  workers: 6,
  outOfHours: { name: 'Emergency Duty Team', phone: landline(101) },
});

/** The council’s own early help, in a case system: whole families, better kept than the clusters’ spreadsheets. */
export const liquidlogic: SourceSystem = {
  source: 'liquidlogic',
  service: 'early-help',
  alsoFor: ['childrens-social-care'],
  area: 'Northbridge',
  coversFrom: '2013-04-01',
  checksEverySeconds: 30,
  teams: ['Family Help North', 'Family Help South'].map(team),
  habits: {
    recordId: (n) => `1${scattered(n, 1_000_000)}`,
    capitals: false,
    keepsMarks: true,
    slips: 0.015,
    shortNames: 0.06,
    variants: 0.05,
    otherFamilyNames: 0.04,
    keepsFormerNames: true,
    missingBirthDate: 0.05,
    defaultBirthDate: null,
    birthYearOnly: 0.01,
    wrongBirthDate: 0.01,
    nhsNumber: 0.7,
    otherIdentifiers: ['upn'],
    phone: 0.75,
    oldAddress: 0.06,
    twice: 0.01,
  },
  knows(family, chance, today) {
    const children = family.people.filter(({ born }) => ageOn(born, today) < 18);
    if (children.length === 0 || !chance.chance(0.03 + family.need * 0.25)) return [];
    return family.people.filter((person) => children.includes(person) || chance.chance(0.8));
  },
  involvements: (occasion) => (ageOn(occasion.person.born, occasion.today) < 18 ? earlyHelp(occasion) : []),
  keepsRelationships: false,
  marksRestrictions: true,
};
