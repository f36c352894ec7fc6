/** The union of what a source can say. Adding an event = its own file, its schema, its projection and one line here; the compiler names whatever is missing. */
import { z } from 'zod';
import { InvolvementClosed } from './involvement-closed.js';
import { InvolvementOpened } from './involvement-opened.js';
import { InvolvementRetracted } from './involvement-retracted.js';
import { InvolvementUpdated } from './involvement-updated.js';
import { PersonRecorded } from './person-recorded.js';
import { PersonRemoved } from './person-removed.js';
import { RecordReplaced } from './record-replaced.js';
import { RelationshipEnded } from './relationship-ended.js';
import { RelationshipLinked } from './relationship-linked.js';
import { SourceChecked } from './source-checked.js';

/** An event as a source hands it in at a door: JSON with dates as text and absent fields left out. */
export const SourceEvent = z.discriminatedUnion('type', [
  PersonRecorded,
  PersonRemoved,
  RecordReplaced,
  InvolvementOpened,
  InvolvementUpdated,
  InvolvementClosed,
  InvolvementRetracted,
  RelationshipLinked,
  RelationshipEnded,
  SourceChecked,
]);
/** What a source writes (JSON). */
export type SourceEventInput = z.input<typeof SourceEvent>;
/** The same, checked: instants are milliseconds, absent is null or the default. */
export type SourceEvent = z.output<typeof SourceEvent>;

/** An event as it stands in `involvement-log`: checked, named, other records by their subject tokens. */
export type InvolvementEvent = SourceEvent & { eventId: string };
export type EventType = SourceEvent['type'];
export type EventOf<T extends EventType> = Extract<InvolvementEvent, { type: T }>;

export const EVENT_TYPES = SourceEvent.options.map((option) => option.shape.type.value) satisfies EventType[];
