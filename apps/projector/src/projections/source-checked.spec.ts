import { loggedEvent } from '../../../../test/support/logged-event.js';
import { sourceChecked } from './source-checked.js';

describe('SourceChecked', () => {
  it('tells how far the source sees, for the partition of the log it stands in and from its place there', () => {
    const event = loggedEvent('SourceChecked', { coversFrom: '2015-01-01', area: 'Northbridge', recordsHeld: 4120 });
    expect(sourceChecked(event, { subject: 'a-token', partition: 3, offset: 17 })).toMatchObject([
      {
        table: { name: 'coverage' },
        key: { source: 'mosaic', service: 'school', partition: 3 },
        values: {
          complete_to: Date.parse('2026-05-01T08:00:00Z'),
          covers_from: '2015-01-01',
          area: 'Northbridge',
          records_held: 4120,
          log_offset: 17,
        },
      },
    ]);
  });
});
