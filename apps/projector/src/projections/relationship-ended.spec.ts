import { loggedEvent } from '../../../../test/support/logged-event.js';
import { relationshipEnded } from './relationship-ended.js';
import { relationshipLinked } from './relationship-linked.js';

const place = { subject: 'a-token', partition: 1, offset: 17 };
const statusOf = (writes: ReturnType<typeof relationshipEnded>) => writes.find(({ register }) => register === 'status')!;

describe('RelationshipEnded', () => {
  it('ends the link on its day', () => {
    const ended = statusOf(relationshipEnded(loggedEvent('RelationshipEnded', { endedOn: '2025-06-30' }), place));
    expect(ended.values).toMatchObject({ status: 'ended', ended_on: '2025-06-30' });
  });

  it('or says that it was never right', () => {
    expect(statusOf(relationshipEnded(loggedEvent('RelationshipEnded', { retracted: true }), place)).values).toMatchObject({
      status: 'retracted',
    });
  });

  it('wins over a link of the same version, and a retraction over an end', () => {
    const [linked, ended, retracted] = [
      statusOf(relationshipLinked(loggedEvent('RelationshipLinked'), place)),
      statusOf(relationshipEnded(loggedEvent('RelationshipEnded'), place)),
      statusOf(relationshipEnded(loggedEvent('RelationshipEnded', { retracted: true }), place)),
    ];
    expect(ended.rank).toBeGreaterThan(linked.rank);
    expect(retracted.rank).toBeGreaterThan(ended.rank);
  });
});
