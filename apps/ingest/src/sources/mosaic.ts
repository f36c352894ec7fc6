import * as read from '../convert/fields.js';
import type { Mapping, Table } from './mapping.js';

const TABLES = {
  people: {
    title: 'DM_PERSONS',
    atLeast: 1000,
    person: {
      recordId: read.id('PERSON_ID'),
      names: [
        { family: read.familyName('LAST_NAME'), given: read.givenNames('FIRST_NAMES') },
        { family: read.familyName('PREVIOUS_NAME'), given: read.givenNames('FIRST_NAMES_THEN'), kind: 'former' },
      ],
      dateOfBirth: read.firstOf<{ date: string; precision: 'day' | 'month' | 'year' | 'expected' }>(
        read.birthDate('DATE_OF_BIRTH'),
        read.expectedOn('EXPECTED_DELIVERY_DATE'),
      ),
      gender: read.gender('GENDER'),
      addresses: [
        {
          lines: [read.text('ADDRESS_LINE_1'), read.text('ADDRESS_LINE_2'), read.text('TOWN')],
          postcode: read.postcode('POST_CODE'),
          uprn: read.uprn('UPRN'),
          from: read.day('ADDRESS_FROM'),
          kind: read.oneOf('ADDRESS_TYPE', {
            home: ['Home', 'Main', 'Permanent'],
            placement: ['Placement', 'Foster placement', 'Residential'],
            refuge: ['Refuge'],
            correspondence: ['Correspondence'],
            other: ['Other', 'Temporary'],
          }),
          confidential: read.yesNo('ADDRESS_CONFIDENTIAL'),
        },
      ],
      identifiers: [
        { type: 'nhs', value: read.text('NHS_ID', 100) },
        { type: 'upn', value: read.text('UPN_ID', 100) },
      ],
      phone: read.phone('TELEPHONE'),
      deceasedOn: read.day('DATE_OF_DEATH'),
      restriction: read.oneOf('RESTRICTED', { restricted: ['Y', 'Yes', 'Restricted'], sealed: ['Sealed', 'Adopted'], none: ['N', 'No'] }),
      flags: [read.whenYes('DOB_ESTIMATED', 'date-of-birth-estimated')],
      removedWhen: read.yesNo('DELETED'),
      removedAs: 'entered-in-error',
      whenGone: 'removed',
    },
  },
  merges: {
    title: 'DM_PERSON_MERGES',
    atLeast: 0,
    replacement: { recordId: read.id('OLD_PERSON_ID'), newRecordId: read.id('PERSON_ID') },
  },
  allocations: {
    title: 'DM_ALLOCATIONS',
    atLeast: 500,
    involvement: {
      recordId: read.id('PERSON_ID'),
      involvementId: read.id('ALLOCATION_ID'),
      service: 'childrens-social-care',
      openedOn: read.day('START_DATE'),
      organisation: 'Northbridge Council',
      team: read.text('TEAM'),
      teamPhone: read.phone('TEAM_TELEPHONE'),
      practitioner: {
        name: read.text('WORKER_NAME'),
        role: read.text('WORKER_ROLE'),
        phone: read.phone('WORKER_TELEPHONE'),
        email: read.text('WORKER_EMAIL', 254),
        readerId: read.text('WORKER_LOGIN'),
      },
      coordinating: read.yesNo('LEAD_PROFESSIONAL'),
      end: { on: read.day('END_DATE'), reason: read.text('END_REASON') },
      retractedWhen: read.yesNo('DELETED'),
      whenGone: 'retracted',
    },
  },
  relationships: {
    title: 'DM_RELATIONSHIPS',
    atLeast: 500,
    relationship: {
      recordId: read.id('PERSON_ID'),
      otherRecordId: read.id('RELATED_PERSON_ID'),
      relationshipId: read.id('RELATIONSHIP_ID'),
      relationship: read.relationship('RELATIONSHIP'),
      startedOn: read.day('START_DATE'),
      parentalResponsibility: read.yesNo('PARENTAL_RESPONSIBILITY'),
      mainCarer: read.yesNo('MAIN_CARER'),
      end: { on: read.day('END_DATE') },
      retractedWhen: read.yesNo('DELETED'),
      whenGone: 'retracted',
    },
  },
} satisfies Record<string, Table>;

/** Case management of children’s social care: people, allocations to workers, relationships, and records merged into others. */
export const mosaic: Mapping = {
  name: 'mosaic',
  label: 'Mosaic',
  services: ['childrens-social-care'],
  doors: ['http', 'kafka', 'csv', 'cdc'],
  epoch: 1,
  coverage: {
    from: '2010-01-01',
    area: 'Northbridge',
    rule: 'Everybody with a referral to children’s social care since 2010, and those linked to them. Contacts without a referral are left out.',
  },
  tables: TABLES,
  // tables that Mosaic's database keeps by trigger, one row per fact, with the columns of its reports
  captured: {
    epoch: 2,
    covers: 'part',
    tables: {
      people: { ...TABLES.people, goneAtMost: 0.5 },
      allocations: { ...TABLES.allocations, goneAtMost: 0.5 },
      relationships: { ...TABLES.relationships, goneAtMost: 0.5 },
      merges: TABLES.merges,
    },
    heartbeat: 'heartbeat',
  },
};
