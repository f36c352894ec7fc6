import { ageOn } from '../days.js';
import { earlyHelp } from '../involvements/young-people.js';
import { type SourceSystem } from './source-system.js';

const cluster = (name: string) => ({
  organisation: `${name} cluster`,
  name: `${name} early help`,
  domain: 'northbridge.example',
  roles: ['Early help practitioner', 'Family support worker', 'Lead practitioner'],
  workers: 6,
});

/** Early help: spreadsheets kept by four clusters of schools, with every slip a spreadsheet allows. */
export const clusterLists: SourceSystem = {
  source: 'cluster-lists',
  service: 'early-help',
  area: 'Four school clusters of Northbridge',
  coversFrom: '2019-04-01',
  checksEverySeconds: 30,
  teams: ['East', 'West', 'Harbour', 'Fellside'].map(cluster),
  habits: {
    recordId: (n) => `EH-${2019 + (n % 8)}-${String(n).padStart(5, '0')}`,
    capitals: false,
    keepsMarks: true,
    slips: 0.06,
    shortNames: 0.3,
    variants: 0.12,
    otherFamilyNames: 0.08,
    keepsFormerNames: false,
    missingBirthDate: 0.24,
    defaultBirthDate: { date: '1900-01-01', share: 0.03 },
    birthYearOnly: 0.05,
    wrongBirthDate: 0.04,
    nhsNumber: 0.5,
    otherIdentifiers: ['cms'],
    phone: 0.5,
    oldAddress: 0.1,
    twice: 0.03,
  },
  knows(family, chance, today) {
    if (!chance.chance(0.08 + family.need * 0.5)) return [];
    const children = family.people.filter(({ born }) => ageOn(born, today) < 18);
    const parents = family.people.filter((person) => children.some(({ mother }) => mother === person));
    return [...children.filter(() => chance.chance(0.85)), ...parents.filter(() => chance.chance(0.7))];
  },
  involvements: earlyHelp,
  keepsRelationships: false,
  marksRestrictions: false,
};
