import type { EventOf } from '#lib/events';
import { tables } from '#lib/read-model';
import { type Place, type RegisterWrite, rowOf } from '../register-write.js';

/** Facts of this record are read under the other from now on. Nothing moves: reading follows the chain. */
export function recordReplaced(event: EventOf<'RecordReplaced'>, place: Place): RegisterWrite[] {
  const { source, recordId } = event;
  const write = rowOf(tables.record, { subject: place.subject }, { source, record_id: recordId }, event.sourceVersion);
  return [write('replacement', { replaced_by: event.newRecordId })];
}
