import type { EventOf } from '#lib/events';
import { tables } from '#lib/read-model';
import { type Place, rowOf } from '../register-write.js';

/** The relationship's row, and the register every event about it writes: which record states it. */
export function relationshipRow(event: EventOf<'RelationshipLinked'> | EventOf<'RelationshipEnded'>, place: Place) {
  const key = { source: event.source, relationship_id: event.relationshipId };
  const write = rowOf(tables.relationship, key, {}, event.sourceVersion);
  return { write, owner: write('owner', { subject: place.subject }) };
}
