import { loggedEvent } from '../../../../test/support/logged-event.js';
import { involvementOpened } from './involvement-opened.js';

const place = { subject: 'a-token', partition: 1, offset: 17 };

describe('InvolvementOpened', () => {
  it('says whose it is, that it is open, and what it is like', () => {
    const event = loggedEvent('InvolvementOpened', {
      openedOn: '2026-01-05',
      team: 'Year 5',
      practitioner: { name: 'R Patel', phone: '01632 960444' },
    });
    const [owner, status, description] = involvementOpened(event, place);
    expect(owner).toMatchObject({ register: 'owner', key: { source: 'mosaic', involvement_id: 'I-1' }, values: { subject: 'a-token' } });
    expect(status).toMatchObject({ register: 'status', rank: 0, values: { status: 'open', closed_on: null, status_at: event.occurredAt } });
    expect(description).toMatchObject({
      register: 'description',
      values: {
        service: 'school',
        opened_on: '2026-01-05',
        team: 'Year 5',
        practitioner: { name: 'R Patel', phone: '01632 960444' },
        coordinating: false,
      },
    });
  });
});
