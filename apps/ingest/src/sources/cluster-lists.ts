import * as read from '../convert/fields.js';
import type { Mapping } from './mapping.js';

/** Early help: spreadsheets kept by clusters of schools, a row per child or carer. */
export const clusterLists: Mapping = {
  name: 'cluster-lists',
  label: 'Cluster lists',
  services: ['early-help'],
  doors: ['http', 'kafka', 'csv'],
  epoch: 1,
  coverage: {
    from: '2019-04-01',
    area: 'Four school clusters of Northbridge',
    rule: 'Every child and main carer of an early help episode led by a cluster team since April 2019.',
  },
  tables: {
    episodes: {
      title: 'Early help list',
      atLeast: 20,
      alsoCalled: {
        'EH number': ['EH no', 'EH ref', 'Ref'],
        Name: ['Child', 'Name of child', 'Child’s name', "Child's name"],
        DOB: ['Date of birth', 'D.O.B.'],
        'Lead worker': ['Lead', 'Lead professional', 'Key worker'],
        'Date opened': ['Start', 'Opened'],
        'Date closed': ['End', 'Closed'],
      },
      person: {
        recordId: read.id('EH number'),
        names: [read.wholeName('Name')],
        dateOfBirth: read.birthDate('DOB'),
        gender: read.gender('M/F'),
        addresses: [{ lines: [read.text('Address')], postcode: read.postcode('Postcode') }],
        identifiers: [{ type: 'cms', value: read.id('Mosaic number') }],
        phone: read.phone('Phone'),
        whenGone: 'kept',
      },
      involvement: {
        recordId: read.id('EH number'),
        involvementId: read.joined('', read.id('EH number'), read.id('Episode')),
        service: 'early-help',
        openedOn: read.day('Date opened'),
        organisation: read.text('Cluster'),
        team: read.text('Team'),
        practitioner: {
          name: read.text('Lead worker'),
          role: read.text('Role'),
          phone: read.phone('Lead worker phone'),
          email: read.text('Lead worker email', 254),
        },
        coordinating: read.yesNo('Coordinating?'),
        end: { on: read.day('Date closed'), reason: read.text('Outcome') },
        whenGone: 'closed',
      },
    },
  },
};
