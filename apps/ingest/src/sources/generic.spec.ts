import { eventsOf } from '../../../../test/support/row-of.js';
import { generic } from './generic.js';

describe('A list of any service', () => {
  it('tells a person and an involvement from one row', () => {
    const row = {
      'Person ID': 'P1',
      'Last name': 'Baker',
      'First names': 'Ash',
      'Involvement ID': '1',
      Start: '01/02/2026',
      Worker: 'Jo Reed',
      Kind: 'Befriending',
      'Last contact': '2026-11-01',
    };
    expect(eventsOf(generic, 'involvements', row)).toMatchObject([
      { type: 'PersonRecorded', recordId: 'P1' },
      { type: 'InvolvementOpened', service: 'other', details: { generic: { kind: 'Befriending', lastInteractionOn: '2026-11-01' } } },
    ]);
  });
});
