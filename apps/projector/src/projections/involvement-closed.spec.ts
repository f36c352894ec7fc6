import { loggedEvent } from '../../../../test/support/logged-event.js';
import { involvementClosed } from './involvement-closed.js';
import { involvementOpened } from './involvement-opened.js';

const place = { subject: 'a-token', partition: 1, offset: 17 };

describe('InvolvementClosed', () => {
  it('ends the involvement with day and reason, and says nothing of its description', () => {
    const writes = involvementClosed(loggedEvent('InvolvementClosed', { closedOn: '2026-04-30', reason: 'moved away' }), place);
    expect(writes).toMatchObject([
      { register: 'owner', values: { subject: 'a-token' } },
      { register: 'status', values: { status: 'closed', closed_on: '2026-04-30', closed_reason: 'moved away' } },
    ]);
    expect(writes).toHaveLength(2);
  });

  it('wins over an opening of the same version', () => {
    const statusOf = (writes: ReturnType<typeof involvementClosed>) => writes.find(({ register }) => register === 'status')!;
    const closed = statusOf(involvementClosed(loggedEvent('InvolvementClosed'), place));
    expect(closed.rank).toBeGreaterThan(statusOf(involvementOpened(loggedEvent('InvolvementOpened'), place)).rank);
  });
});
