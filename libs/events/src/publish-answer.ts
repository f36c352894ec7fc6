/** What a door answers, event by event: the contract between ingest and whoever publishes. */
import type { RuleBroken } from './fields.js';

/** One rule an event breaks, and where. It never quotes the value. */
export interface Problem extends RuleBroken {
  /** JSON pointer (RFC 6901) into the event; empty for the event as a whole. */
  pointer: string;
}

/** Where an event stands in `involvement-log`. */
export interface Place {
  partition: number;
  offset: number;
}

/** In the log, acknowledged by all replicas. An event that concerns a whole source stands in every partition. */
export type AcceptedEvent = { index: number; status: 'accepted'; eventId: string } & (Place | { places: Place[] });
/** In a dry run: the event would be accepted; it has no id and no place. */
export type ValidEvent = { index: number; status: 'valid' };
export type RejectedEvent = { index: number; status: 'rejected'; problems: Problem[] };
export type EventOutcome = AcceptedEvent | ValidEvent | RejectedEvent;

/** One outcome per event, in the order they were sent. */
export interface PublishAnswer {
  results: EventOutcome[];
}
