import { ringInsteadOf } from '../../apps/query/src/view-person/ring-instead.js';
import type { InvolvementShown } from '../../apps/query/src/view-person/involvement-shown.js';
import type { PersonIdentity } from '../../apps/query/src/view-person/person-identity.js';
import type { ServicePanel, ServiceState } from '../../apps/query/src/view-person/service-panel.js';
import type { PersonPage } from '../../apps/query/src/view-person/view-person.query.js';
import type { SourceFreshness } from '../../apps/query/src/source-freshness.js';

/** Answers about one made-up person; a test states only what matters to it. */
export const PERSON = '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
const desk = { name: 'the Youth Justice desk', phone: '01632 960 141', outOfHoursPhone: '01632 960 101' };

export const anIdentity = (some: Partial<PersonIdentity> = {}): PersonIdentity => ({
  person: PERSON,
  family: 'Williams',
  given: ['Tommy'],
  title: 'WILLIAMS, Tommy',
  otherNames: [],
  birth: { date: '2012-05-12', precision: 'day', estimated: false, words: '12 May 2012', ageWords: '14 yrs' },
  otherBirths: [],
  gender: 'Male',
  deceasedOn: null,
  diedWords: null,
  deathWords: null,
  address: null,
  otherAddresses: [],
  caseIds: ['249012'],
  caseIdWords: 'Mosaic 249012',
  flags: [],
  nameOnly: false,
  ...some,
});

export const aSource = (some: Partial<SourceFreshness> = {}): SourceFreshness => ({
  source: 'childview',
  name: 'ChildView',
  service: 'youth-offending',
  serviceName: 'Youth offending',
  lastHeardAt: Date.parse('2026-11-19T23:10:00Z'),
  completeTo: Date.parse('2026-11-19T23:10:00Z'),
  coversFrom: null,
  coversTo: null,
  area: null,
  late: false,
  expectedWords: 'every 15 minutes',
  matched: true,
  heldBack: false,
  dropped: null,
  desk,
  lateWords: null,
  droppedWords: null,
  ...some,
});

export const aState = (kind: ServiceState['kind'], words: string, some: Partial<ServiceState> = {}): ServiceState => ({
  kind,
  words,
  reason: null,
  problem: false,
  stale: false,
  endedOn: null,
  ...some,
});

export const aPanel = (state: ServiceState, some: Partial<ServicePanel> = {}): ServicePanel => ({
  service: 'school',
  serviceName: 'School',
  database: 'Synergy',
  state,
  canOpen: ['involved-now', 'involved-before', 'records-held'].includes(state.kind),
  sources: [aSource()],
  freshnessWords: ['Last updated on 22 Nov 2026 at 09:14', 'covers the period 1 Jan 2010 to now', 'Northbridge'],
  lateWords: [],
  droppedWords: [],
  heldBack: false,
  heldBackSince: null,
  heldBackWords: null,
  recordWords: null,
  doubtWords: null,
  conditions: 'On the roll of a school.',
  ...some,
});

export const aPerson = (some: Partial<PersonPage> = {}): PersonPage => ({
  identity: anIdentity(),
  problems: [],
  panels: [],
  missing: [],
  related: [],
  caseManagementSystem: 'Mosaic',
  reachedFrom: null,
  possibleDuplicateOf: [],
  wasSplit: null,
  heldBackWords: null,
  ...some,
});

const NAMED: InvolvementShown['contact'] = {
  name: 'Priya Nair',
  role: 'pastoral lead',
  phone: '01632 960 118',
  email: 'priya.nair@northbridge.example',
  outOfHoursName: null,
  outOfHoursPhone: null,
  team: null,
  teamPhone: null,
};

export const anInvolvement = (some: Partial<InvolvementShown> = {}): InvolvementShown => ({
  ...ringInsteadOf({ contact: some.contact ?? NAMED, school: some.school ?? null }, desk),
  database: 'Synergy',
  state: 'open',
  kind: 'involved-now',
  stateWords: 'Involved now',
  staleWords: null,
  openedOn: '2026-09-03',
  beginsAhead: false,
  neverBegan: false,
  closedOn: null,
  organisation: null,
  coordinating: false,
  contact: NAMED,
  school: null,
  adultSocialCare: null,
  housing: null,
  police: null,
  notInEducation: null,
  generic: null,
  ...some,
});
