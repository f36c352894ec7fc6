import { eventsOf } from '../../../../test/support/row-of.js';
import { clusterLists } from './cluster-lists.js';

describe('The cluster lists', () => {
  it('are read as people keep spreadsheets', () => {
    const row = {
      'EH number': 'EH-2025-00017',
      Episode: '1',
      Name: 'Baker, Ash',
      DOB: '41043',
      'M/F': 'boy',
      Phone: '1632960118',
      Cluster: 'East cluster',
      'Date opened': '03/02/25',
      'Date closed': 'tbc',
      'Coordinating?': 'x',
    };
    expect(eventsOf(clusterLists, 'episodes', row)).toMatchObject([
      {
        recordId: 'EH-2025-00017',
        names: [{ family: 'Baker', given: ['Ash'] }],
        dateOfBirth: { date: '2012-05-14', precision: 'day' },
        gender: 'male',
        phone: '01632960118',
      },
      { type: 'InvolvementOpened', involvementId: 'EH-2025-00017-1', service: 'early-help', openedOn: '2025-02-03', coordinating: true },
    ]);
  });
});
