import type { EventOf } from '#lib/events';
import { tables } from '#lib/read-model';
import { PRESENCE_RANK } from '../ranks.js';
import { type Place, type RegisterWrite, rowOf } from '../register-write.js';

/** The record is no longer there; its details stay, unread, should the source record it again. */
export function personRemoved(event: EventOf<'PersonRemoved'>, place: Place): RegisterWrite[] {
  const { source, recordId } = event;
  const write = rowOf(tables.record, { subject: place.subject }, { source, record_id: recordId }, event.sourceVersion);
  return [write('presence', { present: false, removed_reason: event.reason }, PRESENCE_RANK.removed)];
}
