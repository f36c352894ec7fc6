import { eventsOf } from '../../../../test/support/row-of.js';
import { childview } from './childview.js';

describe('ChildView', () => {
  it('opens an intervention with its case manager, and closes it', () => {
    const row = {
      'ChildView ID': 'CV1',
      Surname: 'Baker',
      Forename: 'Ash',
      DOB: '2010',
      'Mosaic ID': '204417',
      'Intervention ID': '77',
      'Intervention start': '02/02/2026',
      'Case manager': 'Dan Whittle',
    };
    expect(eventsOf(childview, 'interventions', row)).toMatchObject([
      { recordId: 'CV1', dateOfBirth: { date: '2010', precision: 'year' }, identifiers: [{ type: 'cms', value: '204417' }] },
      {
        type: 'InvolvementOpened',
        involvementId: '77',
        service: 'youth-offending',
        openedOn: '2026-02-02',
        practitioner: { name: 'Dan Whittle' },
      },
    ]);
    expect(
      eventsOf(childview, 'interventions', { ...row, 'Intervention end': '01/06/2026', 'End reason': 'Order completed' })[2],
    ).toMatchObject({
      type: 'InvolvementClosed',
      closedOn: '2026-06-01',
      reason: 'Order completed',
    });
  });
});
