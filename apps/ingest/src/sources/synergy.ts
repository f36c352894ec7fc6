import * as read from '../convert/fields.js';
import type { Mapping, Table } from './mapping.js';

const TABLES = {
  pupils: {
    title: 'Pupils',
    atLeast: 1000,
    alsoCalled: { 'Student ID': ['StudentID', 'Pupil ID'], Forename: ['Forenames', 'First name'], 'Date of birth': ['DOB', 'DoB'] },
    person: {
      recordId: read.id('Student ID'),
      names: [
        { family: read.familyName('Legal surname'), given: read.givenNames('Forename') },
        { family: read.familyName('Preferred surname'), given: read.givenNames('Preferred forename'), kind: 'alias' },
      ],
      dateOfBirth: read.birthDate('Date of birth'),
      gender: read.gender('Gender'),
      addresses: [
        {
          lines: [read.text('Address line 1'), read.text('Address line 2')],
          postcode: read.postcode('Postcode'),
          uprn: read.uprn('UPRN'),
        },
      ],
      identifiers: [{ type: 'upn', value: read.text('UPN', 100) }],
      whenGone: 'kept',
    },
  },
  registrations: {
    title: 'School registrations',
    atLeast: 1000,
    involvement: {
      recordId: read.id('Student ID'),
      involvementId: read.joined('', read.id('Student ID'), read.id('Base ID'), read.day('Entry date')),
      service: 'school',
      openedOn: read.day('Entry date'),
      organisation: read.text('School'),
      practitioner: {
        name: read.text('Safeguarding lead'),
        role: 'Designated safeguarding lead',
        email: read.text('Safeguarding email', 254),
      },
      details: {
        school: {
          schoolName: read.text('School'),
          admissionType: read.oneOf('Enrolment status', {
            main: ['C', 'Current', 'Single registration', 'Main', 'M', 'Dual main'],
            secondary: ['S', 'Subsidiary', 'Dual subsidiary'],
            'off-site': ['O', 'Off-site', 'Alternative provision'],
          }),
          contactNumber: read.phone('School telephone'),
        },
      },
      end: { on: read.day('Leaving date'), reason: read.text('Leaving reason') },
      whenGone: 'retracted',
    },
  },
} satisfies Record<string, Table>;

/** Held of pupils with a health plan, and not in the reports. */
const NHS_NUMBER = { type: 'nhs', value: read.text('NHS number', 100) } as const;

/** Schools: pupils, and where each is or was on the roll. */
export const synergy: Mapping = {
  name: 'synergy',
  label: 'Synergy',
  services: ['school'],
  doors: ['http', 'kafka', 'csv', 'cdc'],
  epoch: 1,
  coverage: {
    from: '2010-09-01',
    area: 'Northbridge schools',
    rule: 'Everybody on the roll of a maintained school, academy or off-site provision in Northbridge since September 2010. Independent schools and home education are left out.',
  },
  tables: TABLES,
  // its outbox: a pupil that is deleted there was never right, unlike one that a file no longer lists
  captured: {
    epoch: 2,
    covers: 'part',
    tables: {
      pupils: {
        ...TABLES.pupils,
        goneAtMost: 0.5,
        person: { ...TABLES.pupils.person, identifiers: [...TABLES.pupils.person.identifiers, NHS_NUMBER], whenGone: 'removed' },
      },
      registrations: { ...TABLES.registrations, goneAtMost: 0.5 },
    },
    outbox: 'outbox',
    heartbeat: 'heartbeat',
  },
};
