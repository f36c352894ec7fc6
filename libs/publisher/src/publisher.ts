import type { EventOutcome, RejectedEvent, SourceEventInput, ValidEvent } from '#lib/events';

type WithoutSource<E> = E extends { source: string } ? Omit<E, 'source'> & { source?: string } : never;
/** An event as a source writes it; the source itself may be left out. */
export type EventToPublish = WithoutSource<SourceEventInput>;

/** In the source's own landing topic, acknowledged; the index takes it in from there, and lists it among the refusals where it breaks a rule of the door. */
export type WrittenEvent = { index: number; status: 'written'; partition: number; offset: number };
export type WrittenOutcome = WrittenEvent | ValidEvent | RejectedEvent;

/** A door of the index, as whoever publishes sees it. */
export interface Publisher<Outcome = EventOutcome> {
  /**
   * Publishes events in the order given, and after those of earlier calls: again and again while the index can't take them.
   * @param o.dryRun check everything, publish nothing
   * @returns one outcome per event, in the same order; a rejected event does not stop the others.
   * @throws PublishRefusedError when a request is refused as a whole, PublishFailedError when patience ends. What came before is published.
   */
  publish(events: readonly EventToPublish[], o?: { dryRun?: boolean }): Promise<{ results: Outcome[] }>;
}

/** Why the next attempt waits, to show to whoever is waiting. */
export interface Waiting {
  attempt: number;
  milliseconds: number;
  why: string;
}

export interface Patience {
  /** How long an index that can't take events is tried again, in milliseconds. Ten minutes where not given. */
  patience?: number;
  onWaiting?(waiting: Waiting): void;
}
