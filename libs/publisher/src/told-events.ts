import { type EventType, SourceEvent } from '#lib/events';
import { InvalidEventError } from './errors.js';
import type { EventToPublish } from './http-publisher.js';

type Told<Type extends EventType> = Omit<Extract<EventToPublish, { type: Type }>, 'type'>;

/** An event of a type, checked against the contract as far as one event shows. @throws InvalidEventError naming every field at once, and no value */
const telling =
  <Type extends EventType>(type: Type) =>
  (told: Told<Type>): EventToPublish => {
    const event = { ...told, type } as unknown as EventToPublish;
    checked(event, event.source ?? 'not-named-yet');
    return event;
  };

/** A person as the source knows them now, whole. */
export const recordPerson = telling('PersonRecorded');
/** A record was entered in error, or is withdrawn. */
export const removePerson = telling('PersonRemoved');
/** The source has given a record another id, or merged it into another. */
export const replaceRecord = telling('RecordReplaced');
/** A service is involved from now on, or again. */
export const openInvolvement = telling('InvolvementOpened');
/** What is said of an involvement, whole; it reopens nothing. */
export const updateInvolvement = telling('InvolvementUpdated');
export const closeInvolvement = telling('InvolvementClosed');
/** It was entered in error: it disappears, and does not become history. */
export const retractInvolvement = telling('InvolvementRetracted');
export const linkRelationship = telling('RelationshipLinked');
export const endRelationship = telling('RelationshipEnded');
/** "We looked, and this is how far we see": after everything it covers. */
export const sayChecked = telling('SourceChecked');

/** The event as the index will read it. @throws InvalidEventError */
export function checked(event: EventToPublish, source: string): SourceEvent {
  const parsed = SourceEvent.safeParse({ ...event, source });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => ({
    pointer: issue.path.map((step) => `/${String(step)}`).join(''),
    rule: issue.code === 'custom' && typeof issue.params?.rule === 'string' ? issue.params.rule : issue.code,
  }));
  throw new InvalidEventError(event.type, problems);
}
