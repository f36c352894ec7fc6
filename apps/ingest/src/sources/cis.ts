import * as read from '../convert/fields.js';
import type { Mapping } from './mapping.js';

/** Adult social care: one row per involvement, the person beside it. */
export const cis: Mapping = {
  name: 'cis',
  label: 'CIS',
  services: ['adult-social-care'],
  doors: ['http', 'kafka', 'csv'],
  epoch: 1,
  coverage: {
    from: '2008-04-01',
    area: 'Northbridge',
    rule: 'Adults with an assessment, a service or a safeguarding enquiry since April 2008. Contacts that ended with advice alone are left out.',
  },
  tables: {
    clients: {
      title: 'Client details',
      atLeast: 500,
      person: {
        recordId: read.id('CIS No', 8),
        names: [
          { family: read.familyName('Surname'), given: read.givenNames('Forenames') },
          { family: read.familyName('Previous surname'), kind: 'former' },
        ],
        dateOfBirth: read.birthDate('DOB'),
        gender: read.gender('Sex'),
        addresses: [{ lines: [read.text('Address')], postcode: read.postcode('Postcode'), confidential: read.yesNo('Address withheld') }],
        identifiers: [{ type: 'nhs', value: read.text('NHS No', 100) }],
        phone: read.phone('Telephone'),
        deceasedOn: read.day('Date of death'),
        restriction: read.oneOf('Restricted access', { restricted: ['Y', 'Yes'], none: ['N', 'No'] }),
        whenGone: 'removed',
      },
    },
    involvements: {
      title: 'Involvements',
      atLeast: 500,
      involvement: {
        recordId: read.id('CIS No', 8),
        involvementId: read.id('Involvement No'),
        service: 'adult-social-care',
        openedOn: read.day('Start date'),
        organisation: read.text('Organisation'),
        team: read.text('Team'),
        teamPhone: read.phone('Team telephone'),
        practitioner: {
          name: read.text('Key worker'),
          role: read.text('Role'),
          phone: read.phone('Telephone'),
          email: read.text('Email', 254),
        },
        details: {
          adultSocialCare: { lastInvolvementStartedOn: read.day('Last service start'), lastInteractionOn: read.day('Last contact') },
        },
        end: { on: read.day('End date'), reason: read.text('Outcome') },
        whenGone: 'retracted',
      },
    },
  },
};
