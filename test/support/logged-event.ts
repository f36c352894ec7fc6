import { type EventOf, type EventType, SourceEvent, type SourceEventInput } from '#lib/events';

type Given<T extends EventType> = Partial<Extract<SourceEventInput, { type: T }>>;

/** What an event must have and a test need not care about. */
const plain: { [T in EventType]: object } = {
  PersonRecorded: { recordId: '20002', names: [{ family: 'Baker', given: ['Thomas'] }] },
  PersonRemoved: { recordId: '20002', reason: 'withdrawn' },
  RecordReplaced: { recordId: '20002', newRecordId: '01234567-0000-0000-0000-000000000000' },
  InvolvementOpened: { recordId: '20002', involvementId: 'I-1', service: 'school' },
  InvolvementUpdated: { recordId: '20002', involvementId: 'I-1', service: 'school' },
  InvolvementClosed: { recordId: '20002', involvementId: 'I-1' },
  InvolvementRetracted: { recordId: '20002', involvementId: 'I-1' },
  RelationshipLinked: {
    recordId: '20002',
    relationshipId: 'R-1',
    otherRecordId: '01234567-0000-0000-0000-000000000000',
    relationship: 'parent',
  },
  RelationshipEnded: { recordId: '20002', relationshipId: 'R-1' },
  SourceChecked: { service: 'school', completeTo: '2026-05-01T08:00:00Z' },
};

/** An event as it stands in the log; a test states only what matters to it. */
export function loggedEvent<T extends EventType>(type: T, given: Given<T> = {}): EventOf<T> {
  const head = { source: 'mosaic', sourceVersion: { epoch: 1, position: 7 }, occurredAt: '2026-05-01T09:00:00Z' };
  return { ...SourceEvent.parse({ type, ...head, ...plain[type], ...given }), eventId: '0'.repeat(32) } as unknown as EventOf<T>;
}
