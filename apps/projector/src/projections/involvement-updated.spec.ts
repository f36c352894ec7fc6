import { loggedEvent } from '../../../../test/support/logged-event.js';
import { involvementUpdated } from './involvement-updated.js';

describe('InvolvementUpdated', () => {
  it('restates the description and never touches the status: an update does not reopen', () => {
    const writes = involvementUpdated(loggedEvent('InvolvementUpdated', { team: 'Year 6' }), {
      subject: 'a-token',
      partition: 1,
      offset: 17,
    });
    expect(writes).toMatchObject([
      { register: 'owner', values: { subject: 'a-token' } },
      { register: 'description', values: { team: 'Year 6' } },
    ]);
    expect(writes).toHaveLength(2);
  });
});
