import * as read from '../convert/fields.js';
import type { Mapping } from './mapping.js';

const EPISODES = {
  recordId: read.id('Person ID'),
  openedOn: read.day('Start Date'),
  team: read.text('Team'),
  teamPhone: read.phone('Team Phone'),
  practitioner: {
    name: read.text('Worker'),
    role: read.text('Worker Role'),
    phone: read.phone('Worker Phone'),
    email: read.text('Worker Email', 254),
  },
  end: {
    on: read.day('End Date'),
    when: read.eitherWord('Status', ['Closed', 'Ended', 'Completed'], ['Open', 'Active']),
    reason: read.text('End Reason'),
  },
  whenGone: 'retracted',
} as const;

/** Case management of children’s social care (LCS) with its early help module (EHM): reports as a spreadsheet. */
export const liquidlogic: Mapping = {
  name: 'liquidlogic',
  label: 'LiquidLogic',
  services: ['childrens-social-care', 'early-help'],
  doors: ['http', 'kafka', 'csv'],
  epoch: 1,
  coverage: {
    from: '2013-04-01',
    area: 'The whole authority',
    rule: 'Every child with an episode in LCS or EHM since April 2013, and the people linked to them.',
  },
  tables: {
    people: {
      title: 'Persons report',
      atLeast: 1000,
      alsoCalled: { 'Person ID': ['LCS ID', 'EHM ID', 'PersonID'], 'Date of Birth': ['DoB', 'Birth Date'] },
      person: {
        recordId: read.id('Person ID'),
        names: [
          { family: read.familyName('Surname'), given: read.givenNames('Forename') },
          { family: read.familyName('Also Known As'), given: read.givenNames('Alias Forename'), kind: 'alias' },
        ],
        dateOfBirth: read.birthDate('Date of Birth'),
        gender: read.gender('Gender'),
        addresses: [
          {
            lines: [read.text('Address 1'), read.text('Address 2'), read.text('Address 3')],
            postcode: read.postcode('Postcode'),
            confidential: read.yesNo('Address Restricted'),
          },
        ],
        identifiers: [
          { type: 'nhs', value: read.text('NHS Number', 100) },
          { type: 'upn', value: read.text('UPN', 100) },
        ],
        phone: read.phone('Telephone'),
        deceasedOn: read.day('Date of Death'),
        restriction: read.oneOf('Record Restricted', { restricted: ['Yes', 'Y'], none: ['No', 'N'] }),
        whenGone: 'removed',
      },
    },
    episodes: {
      title: 'LCS case involvements report',
      atLeast: 500,
      involvement: { ...EPISODES, involvementId: read.joined('LCS', read.id('Involvement ID')), service: 'childrens-social-care' },
    },
    'early-help': {
      title: 'EHM episodes report',
      atLeast: 100,
      involvement: {
        ...EPISODES,
        involvementId: read.joined('EHM', read.id('Involvement ID')),
        service: 'early-help',
        coordinating: read.yesNo('Lead Professional'),
      },
    },
    relationships: {
      title: 'Relationships report',
      atLeast: 500,
      relationship: {
        recordId: read.id('Person ID'),
        otherRecordId: read.id('Related Person ID'),
        // two people may be linked in more than one way
        relationshipId: read.joined('', read.id('Person ID'), read.id('Related Person ID'), read.relationship('Relationship')),
        relationship: read.relationship('Relationship'),
        parentalResponsibility: read.yesNo('PR'),
        end: { on: read.day('End Date') },
        whenGone: 'ended',
      },
    },
  },
};
