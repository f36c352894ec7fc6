/** What a source can say, one typed function for each event. They make events; a publisher or an outbox takes them. */
import type { EventType } from '#lib/events';
import type { EventToPublish } from './publisher.js';

type Content<E> = E extends EventToPublish ? Omit<E, 'type' | 'source'> : never;
type Said<T extends EventType> = Extract<EventToPublish, { type: T }>;

function saying<T extends EventType>(type: T): (content: Content<Said<T>>) => Said<T> {
  return (content) => ({ type, ...content }) as unknown as Said<T>;
}

/** This is the person, as we know them: whole each time, what is left out is no longer so. */
export const recordPerson = saying('PersonRecorded');
/** We no longer hold this record. */
export const removePerson = saying('PersonRemoved');
/** This record is now that one. */
export const replaceRecord = saying('RecordReplaced');
/** We are involved with this person. */
export const openInvolvement = saying('InvolvementOpened');
/** Something about the involvement changed. */
export const updateInvolvement = saying('InvolvementUpdated');
/** The involvement has ended. */
export const closeInvolvement = saying('InvolvementClosed');
/** The involvement was entered in error. */
export const retractInvolvement = saying('InvolvementRetracted');
/** These two belong together. */
export const linkRelationship = saying('RelationshipLinked');
/** They no longer do, or never did. */
export const endRelationship = saying('RelationshipEnded');
/** We looked, and this is how far we see: after the answers to everything it covers. */
export const sayChecked = saying('SourceChecked');
