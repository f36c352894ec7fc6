import type { SourceEventInput } from '#lib/events';

type Said<T extends SourceEventInput['type']> = Extract<SourceEventInput, { type: T }>;
export type PersonStated = Said<'PersonRecorded'>;
export type InvolvementStated = Said<'InvolvementOpened'> | Said<'InvolvementUpdated'>;

/** What one source holds at this moment, by what it has said. */
export class Standing {
  readonly records = new Map<string, PersonStated>();
  readonly open = new Map<string, InvolvementStated>();

  constructor(
    readonly source: string,
    history: readonly SourceEventInput[],
  ) {
    for (const event of history) this.apply(event);
  }

  apply(event: SourceEventInput): void {
    switch (event.type) {
      case 'PersonRecorded':
        return void this.records.set(event.recordId, event);
      case 'PersonRemoved':
      case 'RecordReplaced':
        return void this.records.delete(event.recordId);
      case 'InvolvementOpened':
        return void this.open.set(event.involvementId, event);
      case 'InvolvementUpdated':
        return void (this.open.has(event.involvementId) && this.open.set(event.involvementId, event));
      case 'InvolvementClosed':
      case 'InvolvementRetracted':
        return void this.open.delete(event.involvementId);
      case 'RelationshipLinked':
      case 'RelationshipEnded':
      case 'SourceChecked':
    }
  }
}
