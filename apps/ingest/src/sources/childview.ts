import * as read from '../convert/fields.js';
import type { Mapping } from './mapping.js';

/** Youth justice: young people, and the orders and programmes they are on. */
export const childview: Mapping = {
  name: 'childview',
  label: 'ChildView',
  services: ['youth-offending'],
  doors: ['http', 'kafka', 'csv'],
  epoch: 1,
  coverage: {
    from: '2015-01-01',
    area: 'Northbridge',
    rule: 'Everybody on an order, a diversion or a prevention programme of the youth justice service since 2015.',
  },
  tables: {
    interventions: {
      title: 'Interventions',
      atLeast: 50,
      person: {
        recordId: read.id('ChildView ID'),
        names: [{ family: read.familyName('Surname'), given: read.givenNames('Forename') }],
        dateOfBirth: read.birthDate('DOB'),
        gender: read.gender('Gender'),
        addresses: [{ lines: [read.text('Address')], postcode: read.postcode('Postcode') }],
        identifiers: [
          { type: 'cms', value: read.id('Mosaic ID') },
          { type: 'upn', value: read.text('UPN', 100) },
          { type: 'nhs', value: read.text('NHS number', 100) },
        ],
        phone: read.phone('Mobile'),
        whenGone: 'kept',
      },
      involvement: {
        recordId: read.id('ChildView ID'),
        involvementId: read.id('Intervention ID'),
        service: 'youth-offending',
        openedOn: read.day('Intervention start'),
        organisation: 'Northbridge Youth Justice Service',
        team: 'Youth Justice Team',
        practitioner: {
          name: read.text('Case manager'),
          role: read.text('Case manager role'),
          phone: read.phone('Case manager phone'),
          email: read.text('Case manager email', 254),
        },
        end: { on: read.day('Intervention end'), reason: read.text('End reason') },
        whenGone: 'retracted',
      },
    },
  },
};
