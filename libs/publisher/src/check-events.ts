import { problemsOfIssue, type RejectedEvent, SourceEvent } from '#lib/events';
import type { EventToPublish, Publisher } from './publisher.js';

/** An event that keeps the contract, and its place among those given. */
export interface KeptEvent {
  index: number;
  event: SourceEvent;
}

/**
 * Holds events to the contract before anything is sent: types, lengths, codes, dates. What only the index knows (which services a source may
 * speak of, rules across fields) is checked there.
 */
export function checkEvents(source: string, events: readonly EventToPublish[]): { kept: KeptEvent[]; rejected: RejectedEvent[] } {
  const kept: KeptEvent[] = [];
  const rejected: RejectedEvent[] = [];
  events.forEach((sent, index) => {
    const named = { ...sent, source };
    const { data: event, error } = SourceEvent.safeParse(named);
    if (event) kept.push({ index, event });
    else rejected.push({ index, status: 'rejected', problems: error.issues.flatMap((issue) => problemsOfIssue(issue, named)) });
  });
  return { kept, rejected };
}

/** The same door, at which nothing is sent that breaks the contract: it is answered at once, with the problems that the door would name. */
export function checked<Outcome extends { index: number }>(source: string, door: Publisher<Outcome>): Publisher<Outcome | RejectedEvent> {
  return {
    publish: async (events, o) => {
      const { kept, rejected } = checkEvents(source, events);
      const { results } = await door.publish(
        kept.map(({ index }) => events[index]!),
        o,
      );
      return inOrder([...results.map((outcome) => ({ ...outcome, index: kept[outcome.index]!.index })), ...rejected]);
    },
  };
}

export const inOrder = <Outcome extends { index: number }>(results: Outcome[]) => ({ results: results.sort((a, b) => a.index - b.index) });
