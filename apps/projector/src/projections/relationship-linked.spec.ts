import { loggedEvent } from '../../../../test/support/logged-event.js';
import { relationshipLinked } from './relationship-linked.js';

describe('RelationshipLinked', () => {
  it('says which record states it, that it holds, and what the other record is to this one', () => {
    const event = loggedEvent('RelationshipLinked', { startedOn: '2014-03-01', mainCarer: true });
    expect(relationshipLinked(event, { subject: 'a-token', partition: 1, offset: 17 })).toMatchObject([
      { register: 'owner', key: { source: 'mosaic', relationship_id: 'R-1' }, values: { subject: 'a-token' } },
      { register: 'status', values: { status: 'linked', ended_on: null } },
      {
        register: 'description',
        values: {
          other_subject: event.otherRecordId,
          relationship: 'parent',
          started_on: '2014-03-01',
          main_carer: true,
          parental_responsibility: false,
        },
      },
    ]);
  });
});
