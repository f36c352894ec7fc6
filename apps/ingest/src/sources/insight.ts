import * as read from '../convert/fields.js';
import type { Mapping } from './mapping.js';

/** The careers service: who is in neither school, work nor training, and who follows them up. */
export const insight: Mapping = {
  name: 'insight',
  label: 'Insight',
  services: ['not-in-education'],
  doors: ['http', 'kafka', 'csv'],
  epoch: 1,
  coverage: {
    from: '2014-09-01',
    area: 'Northbridge',
    rule: 'Everybody of 16 to 24 who is, or since September 2014 was, not in education, employment or training and followed up by an adviser.',
  },
  tables: {
    clients: {
      title: 'NEET follow-up list',
      atLeast: 50,
      person: {
        recordId: read.id('Client ID'),
        names: [{ family: read.familyName('Last name'), given: read.givenNames('First name') }],
        dateOfBirth: read.birthDate('DOB', ['2000-01-01']),
        gender: read.gender('Gender'),
        addresses: [{ lines: [read.text('Address 1'), read.text('Address 2')], postcode: read.postcode('Postcode') }],
        identifiers: [{ type: 'upn', value: read.text('UPN', 100) }],
        phone: read.phone('Mobile'),
        whenGone: 'kept',
      },
      involvement: {
        recordId: read.id('Client ID'),
        involvementId: read.joined('NEET', read.id('Client ID'), read.day('NEET start')),
        service: 'not-in-education',
        openedOn: read.day('NEET start'),
        organisation: 'Northbridge Careers',
        team: 'Moving On',
        practitioner: {
          name: read.text('Adviser'),
          role: 'Personal adviser',
          phone: read.phone('Adviser phone'),
          email: read.text('Adviser email', 254),
        },
        details: {
          notInEducation: {
            status: read.oneOf('Status', {
              'seeking-work': ['NEET - available', 'Seeking EET', 'Available', 'Seeking work'],
              'not-available': ['NEET - not available', 'Not available', 'Illness', 'Young carer', 'Teenage parent', 'Pregnancy'],
              'not-known': ['Not known', 'Unknown', 'Current situation not known'],
            }),
          },
        },
        end: { on: read.day('NEET end'), reason: read.text('Destination') },
        whenGone: 'closed',
      },
    },
  },
};
