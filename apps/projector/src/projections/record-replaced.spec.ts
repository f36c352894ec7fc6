import { loggedEvent } from '../../../../test/support/logged-event.js';
import { recordReplaced } from './record-replaced.js';

describe('RecordReplaced', () => {
  it('points from the old record to the new one, and moves nothing', () => {
    const newRecordId = '89abcdef-0000-0000-0000-000000000000';
    const writes = recordReplaced(loggedEvent('RecordReplaced', { newRecordId }), { subject: 'a-token', partition: 1, offset: 17 });
    expect(writes).toMatchObject([
      { table: { name: 'record' }, register: 'replacement', key: { subject: 'a-token' }, values: { replaced_by: newRecordId } },
    ]);
  });
});
