import type { SourceEvent } from '#lib/events';

/**
 * What names an event within its record: the fact and its version, and never its content. The same event sent twice so gets the same id.
 * @param partition of an event that stands in every partition.
 */
export function factOf(event: SourceEvent, partition?: number): (string | number)[] {
  const { epoch, position } = event.sourceVersion;
  return [event.type, ...factId(event), epoch, position, ...(partition === undefined ? [] : [partition])];
}

function factId(event: SourceEvent): string[] {
  switch (event.type) {
    case 'PersonRecorded':
    case 'PersonRemoved':
    case 'RecordReplaced':
      return [];
    case 'InvolvementOpened':
    case 'InvolvementUpdated':
    case 'InvolvementClosed':
    case 'InvolvementRetracted':
      return [event.involvementId];
    case 'RelationshipLinked':
    case 'RelationshipEnded':
      return [event.relationshipId];
    case 'SourceChecked':
      return [event.service];
  }
}
