import type { EventOf } from '#lib/events';
import { RELATIONSHIP_RANK } from '../ranks.js';
import type { Place, RegisterWrite } from '../register-write.js';
import { relationshipRow } from './relationship-row.js';

/** Linked from now on (or again), with what the other record is to this one. */
export function relationshipLinked(event: EventOf<'RelationshipLinked'>, place: Place): RegisterWrite[] {
  const { write, owner } = relationshipRow(event, place);
  return [
    owner,
    write('status', { status: 'linked', ended_on: null, status_at: event.occurredAt }, RELATIONSHIP_RANK.linked),
    write('description', {
      other_subject: event.otherRecordId,
      relationship: event.relationship,
      started_on: event.startedOn,
      parental_responsibility: event.parentalResponsibility,
      main_carer: event.mainCarer,
      described_at: event.occurredAt,
    }),
  ];
}
