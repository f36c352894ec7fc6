import { type IdentityDecision, type InvolvementEvent, SourceEvent } from '#lib/events';

const TOKEN = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const desk = { phone: '01632 960 001', email: 'e.bell@northbridge.example', outOfHoursPhone: '01632 960 002' };
const practitioner = { name: 'Evie Bell', role: 'Worker', ...desk, outOfHoursName: 'Night team', readerId: 'evie.bell' };
const matter = { state: 'open', on: '2026-01-09' };
const described = (involvementId: string, service: string, details: object) => ({
  involvementId,
  service,
  openedOn: '2026-01-02',
  organisation: 'Northbridge',
  team: 'East',
  teamPhone: '01632 960 003',
  practitioner,
  coordinating: true,
  details,
});

/** Names that search keys are hard to make of: of every script, with marks, particles, one word or many. */
const NAMES: [string | null, string[], 'current' | 'former' | 'alias'][] = [
  ['O’Brien-Şahin', ['Zoë', 'Mary Ann'], 'current'],
  ['van der Berg', ['Jean-Luc'], 'former'],
  ['Macdonald', ['Catherine'], 'alias'],
  ['李', ['小龙'], 'alias'],
  ['Al-Ḥusayn', ['مُحَمَّد'], 'alias'],
  ['Müller Strauß', ['Łukasz'], 'alias'],
  [null, ['Suharto'], 'alias'],
];

const FIELDS: Record<string, unknown>[] = [
  {
    type: 'PersonRecorded',
    names: NAMES.map(([family, given, kind]) => ({ family, given, kind, from: '2001-02-03', to: '2020-02-03' })),
    dateOfBirth: { date: '2012-05', precision: 'month' },
    gender: 'female',
    addresses: [
      { lines: ['4 Mill Row', 'Eastfield'], postcode: 'nb4 2qt', uprn: '100012', from: '2019-01-01', to: '2020-01-01', kind: 'home' },
      {
        lines: ['The Refuge'],
        postcode: 'NB9 9ZZ',
        uprn: '100013',
        from: '2020-01-01',
        to: '2021-01-01',
        kind: 'refuge',
        confidential: true,
      },
      { lines: ['c/o The Refuge'], uprn: '100013', kind: 'correspondence' },
      { lines: ['9 High St'], postcode: 'NB9 9ZZ', uprn: '100014', from: '2020-01-01', to: '2021-01-01', kind: 'previous' },
    ],
    identifiers: [
      { type: 'nhs', value: '943 476 5919' },
      { type: 'upn', value: 'a801200001001' },
      { type: 'cms', value: 'm-00077' },
    ],
    phone: '01632 960 004',
    deceasedOn: '2026-02-03',
    restriction: 'restricted',
    flags: ['date-of-birth-estimated'],
    confirmedAt: '2026-01-01T10:00:00Z',
  },
  { type: 'PersonRemoved', reason: 'withdrawn' },
  { type: 'RecordReplaced', newRecordId: TOKEN(2) },
  {
    type: 'InvolvementOpened',
    ...described('school', 'school', { school: { schoolName: 'Mill Row Primary', admissionType: 'main', contactNumber: '01632 960 005' } }),
  },
  {
    type: 'InvolvementOpened',
    ...described('adults', 'adult-social-care', {
      adultSocialCare: { lastInvolvementStartedOn: '2026-01-03', lastInteractionOn: '2026-01-04' },
    }),
  },
  {
    type: 'InvolvementUpdated',
    ...described('housing', 'housing', {
      housing: {
        association: 'Northbridge Homes',
        tenancyStartedOn: '2026-01-05',
        antiSocialBehaviour: matter,
        rentArrears: matter,
        noticeSeekingPossession: matter,
        eviction: matter,
      },
    }),
  },
  {
    type: 'InvolvementUpdated',
    ...described('police', 'police', {
      police: {
        area: 'East',
        offences: [{ date: '2026-01-06', type: 'robbery', nature: 'suspect' }],
        nonSafeguarding: true,
      },
    }),
  },
  { type: 'InvolvementOpened', ...described('neet', 'not-in-education', { notInEducation: { status: 'seeking-work' } }) },
  {
    type: 'InvolvementUpdated',
    ...described('other', 'other', { generic: { kind: 'Visit', lastInvolvementStartedOn: '2026-01-07', lastInteractionOn: '2026-01-08' } }),
  },
  { type: 'InvolvementClosed', involvementId: 'school', closedOn: '2026-03-01', reason: 'Moved away' },
  { type: 'InvolvementRetracted', involvementId: 'adults' },
  {
    type: 'RelationshipLinked',
    relationshipId: 'link',
    otherRecordId: TOKEN(3),
    relationship: 'parent',
    startedOn: '2012-05-01',
    parentalResponsibility: true,
    mainCarer: true,
  },
  { type: 'RelationshipEnded', relationshipId: 'link', endedOn: '2026-03-02', retracted: false },
  { type: 'RelationshipEnded', relationshipId: 'wrong', endedOn: '2026-03-03', retracted: true },
  {
    type: 'SourceChecked',
    service: 'school',
    completeTo: '2026-03-04T05:06:07Z',
    coversFrom: '2019-04-01',
    coversTo: '2026-03-04',
    area: 'Northbridge',
    recordsHeld: 12,
    openInvolvementsHeld: 11,
  },
];

/** A fixed log: every type of event, every field of each filled somewhere. What a fold makes of it may only change with the fold's version. */
export const SAMPLED_EVENTS: InvolvementEvent[] = FIELDS.map((fields, index) => {
  const recordId = fields.type === 'SourceChecked' ? {} : { recordId: 'M-000123' };
  const head = { source: 'mosaic', ...recordId, sourceVersion: { epoch: 1, position: index + 1 }, occurredAt: '2026-04-05T06:07:08Z' };
  const event = SourceEvent.parse({ ...head, ...fields });
  return { ...event, eventId: String(index).padStart(32, '0') };
});
export const SAMPLED_SUBJECT = TOKEN(1);

export const SAMPLED_DECISIONS: IdentityDecision[] = [
  { type: 'RecordAssigned', decision: 1, subject: TOKEN(1), person: TOKEN(4), reason: 'same-nhs-number', modelVersion: '1' },
  { type: 'PersonRetired', decision: 2, person: TOKEN(5), into: TOKEN(4) },
  { type: 'RecordsKeptApart', decision: 4, subject: TOKEN(1), other: TOKEN(6), reason: 'steward', by: 'data-steward' },
  { type: 'RecordsKeptApartRevoked', decision: 5, subject: TOKEN(1), other: TOKEN(6), reason: 'mistake', by: 'data-steward' },
  {
    type: 'MatchedUpTo',
    decision: 3,
    offsets: [
      { partition: 0, offset: 41 },
      { partition: 1, offset: 42 },
    ],
  },
];
