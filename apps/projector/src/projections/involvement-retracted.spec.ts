import { loggedEvent } from '../../../../test/support/logged-event.js';
import { involvementClosed } from './involvement-closed.js';
import { involvementRetracted } from './involvement-retracted.js';

const place = { subject: 'a-token', partition: 1, offset: 17 };

describe('InvolvementRetracted', () => {
  it('makes the involvement disappear, and wins over a close of the same version', () => {
    const status = involvementRetracted(loggedEvent('InvolvementRetracted'), place)[1]!;
    expect(status).toMatchObject({ register: 'status', values: { status: 'retracted' } });
    expect(status.rank).toBeGreaterThan(involvementClosed(loggedEvent('InvolvementClosed'), place)[1]!.rank);
  });
});
