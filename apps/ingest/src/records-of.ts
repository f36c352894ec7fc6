import type { SourceEvent } from '#lib/events';

/** One person as one source knows them, by the source's own id. */
export interface SourceRecord {
  source: string;
  recordId: string;
}

/** The record an event is about. What concerns the source as a whole stands under a record without id, which no source can name. */
export const recordOf = (event: SourceEvent): SourceRecord => ({
  source: event.source,
  recordId: event.type === 'SourceChecked' ? '' : event.recordId,
});

/** The other record an event names, and the field it stands in. */
export function otherRecordOf(event: SourceEvent): { field: string; record: SourceRecord } | undefined {
  if (event.type === 'RelationshipLinked')
    return { field: 'otherRecordId', record: { source: event.source, recordId: event.otherRecordId } };
  if (event.type === 'RecordReplaced') return { field: 'newRecordId', record: { source: event.source, recordId: event.newRecordId } };
  return undefined;
}

/** The event with the other record's subject token in place of its id, as it stands in the log. */
export function withOtherRecord(event: SourceEvent, subject: string): SourceEvent {
  if (event.type === 'RelationshipLinked') return { ...event, otherRecordId: subject };
  if (event.type === 'RecordReplaced') return { ...event, newRecordId: subject };
  return event;
}
