import { loggedEvent } from '../../../../test/support/logged-event.js';
import { personRecorded } from './person-recorded.js';
import { personRemoved } from './person-removed.js';

const place = { subject: 'a-token', partition: 1, offset: 17 };

describe('PersonRemoved', () => {
  it('says that the record is gone and why, and leaves its details alone', () => {
    const writes = personRemoved(loggedEvent('PersonRemoved', { reason: 'entered-in-error' }), place);
    expect(writes).toMatchObject([
      { register: 'presence', key: { subject: 'a-token' }, values: { present: false, removed_reason: 'entered-in-error' } },
    ]);
  });

  it('wins over a recording of the same version', () => {
    const [removed] = personRemoved(loggedEvent('PersonRemoved'), place);
    const recorded = personRecorded(loggedEvent('PersonRecorded'), place).find(({ register }) => register === 'presence');
    expect(removed!.rank).toBeGreaterThan(recorded!.rank);
  });
});
