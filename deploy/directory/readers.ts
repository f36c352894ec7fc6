/** Who can sign in to the made-up authority: one for every role, stewards enough to disagree, and one whom the index does not know. */
export interface DirectoryReader {
  id: string;
  name: string;
  /** As the chooser says it. */
  work: string;
  department: string;
  groups: string[];
}

const STAFF = 'All staff';

export const READERS: readonly DirectoryReader[] = [
  {
    id: 'amara.okafor',
    name: 'Amara Okafor',
    work: 'Social worker',
    department: 'Assessment East',
    groups: [STAFF, 'Index social workers'],
  },
  { id: 'priya.nair', name: 'Priya Nair', work: 'Team manager', department: 'Assessment East', groups: [STAFF, 'Index team managers'] },
  { id: 'dan.whittle', name: 'Dan Whittle', work: 'Duty worker', department: 'Emergency Duty Team', groups: [STAFF, 'Index duty'] },
  {
    id: 'ig.officer',
    name: 'Ingrid Gough',
    work: 'Information governance officer',
    department: 'Information Governance',
    groups: [STAFF, 'Index information governance'],
  },
  {
    id: 'sofia.marsh',
    name: 'Sofia Marsh',
    work: 'Source publisher',
    department: 'Schools Data',
    groups: [STAFF, 'Index source publishers'],
  },
  {
    id: 'nora.finch',
    name: 'Nora Finch',
    work: 'Source publisher for every source, as data analyst',
    department: 'Data Quality',
    groups: [STAFF, 'Index source publishers'],
  },
  { id: 'grace.holt', name: 'Grace Holt', work: 'Data steward', department: 'Data Quality', groups: [STAFF, 'Index data stewards'] },
  { id: 'tom.ellery', name: 'Tom Ellery', work: 'Data steward', department: 'Data Quality', groups: [STAFF, 'Index data stewards'] },
  { id: 'wen.zhao', name: 'Wen Zhao', work: 'Data steward', department: 'Data Quality', groups: [STAFF, 'Index data stewards'] },
  { id: 'ola.berg', name: 'Ola Berg', work: 'Operations', department: 'Index operations', groups: [STAFF, 'Index operations'] },
  { id: 'ken.adeyemi', name: 'Ken Adeyemi', work: 'Administrator', department: 'Digital', groups: [STAFF, 'Index administrators'] },
  { id: 'sam.rowe', name: 'Sam Rowe', work: 'No role in the index', department: 'Parks', groups: [STAFF] },
];

export const readerNamed = (id: string): DirectoryReader | undefined => READERS.find((reader) => reader.id === id);
