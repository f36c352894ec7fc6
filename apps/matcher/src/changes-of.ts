import type { Envelope, EventOf, EventType, PersonRecorded } from '#lib/events';
import type { Details } from './details.js';
import type { RecordChange } from './record-state.js';

const OPENED = ['PersonRecorded', 'PersonRemoved', 'RecordReplaced', 'RelationshipLinked'] as const satisfies EventType[];
/** Events whose sealed content says something to the matcher; of the others it is enough to know whom they are about. */
export type OpenedEvent = EventOf<(typeof OPENED)[number]>;

export function mustBeOpened(type: EventType): boolean {
  return (OPENED as readonly EventType[]).includes(type);
}

/** What the outside of an event says: its record exists, and gets a person even before its own `PersonRecorded`. */
export function changesOfClosed({ type, subject }: Pick<Envelope, 'type' | 'subject'>): RecordChange[] {
  // SourceChecked is about a source: its subject token must not become a person.
  return type === 'SourceChecked' ? [] : [{ subject, kind: 'seen' }];
}

/** What an opened event changes, for every record it names. @param detailsIn what the record is matched by */
export function changesOf(subject: string, event: OpenedEvent, detailsIn: (event: PersonRecorded) => Details): RecordChange[] {
  const version = event.sourceVersion;
  if (event.type === 'PersonRecorded')
    return [
      { subject, kind: 'details', version, details: detailsIn(event) },
      { subject, kind: 'presence', version, removed: false },
    ];
  if (event.type === 'PersonRemoved') return [{ subject, kind: 'presence', version, removed: true }];
  if (event.type === 'RecordReplaced')
    return [
      { subject, kind: 'replacement', version, replacedBy: event.newRecordId },
      { subject: event.newRecordId, kind: 'seen' },
    ];
  return [subject, event.otherRecordId].map((named) => ({ subject: named, kind: 'seen' }));
}
