import * as read from '../convert/fields.js';
import type { Mapping } from './mapping.js';

/** Any system that can write one list: a row per person and involvement. The columns are those of the guide; copy it with `npm run source:new`. */
export const generic: Mapping = {
  name: 'generic',
  label: 'List of another service',
  services: ['other'],
  doors: ['http', 'kafka', 'csv'],
  epoch: 1,
  coverage: { from: '2020-01-01', area: 'The whole authority', rule: 'Everybody the service has worked with since 2020.' },
  tables: {
    involvements: {
      title: 'List of involvements',
      atLeast: 0,
      person: {
        recordId: read.id('Person ID'),
        names: [{ family: read.familyName('Last name'), given: read.givenNames('First names') }],
        dateOfBirth: read.birthDate('Date of birth'),
        gender: read.gender('Gender'),
        addresses: [
          { lines: [read.text('Address')], postcode: read.postcode('Postcode'), confidential: read.yesNo('Address confidential') },
        ],
        identifiers: [{ type: 'nhs', value: read.text('NHS number', 100) }],
        phone: read.phone('Phone'),
        whenGone: 'kept',
      },
      involvement: {
        recordId: read.id('Person ID'),
        involvementId: read.id('Involvement ID'),
        service: 'other',
        openedOn: read.day('Start'),
        organisation: read.text('Organisation'),
        team: read.text('Team'),
        teamPhone: read.phone('Team phone'),
        practitioner: {
          name: read.text('Worker'),
          role: read.text('Worker role'),
          phone: read.phone('Worker phone'),
          email: read.text('Worker email', 254),
        },
        details: { generic: { kind: read.text('Kind'), lastInteractionOn: read.day('Last contact') } },
        end: { on: read.day('End'), reason: read.text('End reason') },
        whenGone: 'closed',
      },
    },
  },
};
