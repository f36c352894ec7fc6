import type { EventOf } from '#lib/events';
import { RELATIONSHIP_RANK } from '../ranks.js';
import type { Place, RegisterWrite } from '../register-write.js';
import { relationshipRow } from './relationship-row.js';

/** Ended, or (retracted) never right. */
export function relationshipEnded(event: EventOf<'RelationshipEnded'>, place: Place): RegisterWrite[] {
  const { write, owner } = relationshipRow(event, place);
  const status = event.retracted ? 'retracted' : 'ended';
  return [owner, write('status', { status, ended_on: event.endedOn, status_at: event.occurredAt }, RELATIONSHIP_RANK[status])];
}
