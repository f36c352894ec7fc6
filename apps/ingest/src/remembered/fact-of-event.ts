import type { SourceEvent } from '#lib/events';
import type { FactName } from '../rows/fact.js';

/** Which fact an event speaks of; undefined where it speaks of the source as a whole. */
export function factOfEvent(event: SourceEvent): FactName | undefined {
  switch (event.type) {
    case 'PersonRecorded':
    case 'PersonRemoved':
      return { kind: 'person', id: event.recordId };
    case 'RecordReplaced':
      return { kind: 'replacement', id: event.recordId };
    case 'InvolvementOpened':
    case 'InvolvementUpdated':
    case 'InvolvementClosed':
    case 'InvolvementRetracted':
      return { kind: 'involvement', id: event.involvementId };
    case 'RelationshipLinked':
    case 'RelationshipEnded':
      return { kind: 'relationship', id: event.relationshipId };
    case 'SourceChecked':
      return undefined;
  }
}

/** Whether an event takes its fact back altogether. */
export const takesBack = (event: SourceEvent): boolean =>
  event.type === 'PersonRemoved' || event.type === 'InvolvementRetracted' || (event.type === 'RelationshipEnded' && event.retracted);
