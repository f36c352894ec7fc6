import type { EventOutcome, PublishAnswer, SourceEventInput } from '#lib/events';
import { bodiesOf } from './bodies-of.js';
import type { TokenSource } from './client-credentials.js';
import { oneAfterTheOther, type Patience } from './patience.js';
import { postEvents } from './post-events.js';

type WithoutSource<E> = E extends { source: string } ? Omit<E, 'source'> & { source?: string } : never;
/** An event as a source writes it; the source itself may be left out. */
export type EventToPublish = WithoutSource<SourceEventInput>;

export interface PublisherOptions extends Patience {
  /** Where ingest answers, such as `http://127.0.0.1:7401`. */
  url: string;
  source: string;
  /** The source's bearer token; `clientCredentials` asks the directory for it. */
  token: TokenSource;
  fetch?: typeof fetch;
}

export interface Publisher {
  /**
   * Publishes events in the order given, and after those of earlier calls: 1,000 at a time, again and again while the index can't take them.
   * @returns one outcome per event, in the same order; a rejected event does not stop the others.
   * @throws PublishRefusedError when a request is refused as a whole, PublishFailedError when patience ends. What came before is published.
   */
  publish(events: EventToPublish[], o?: { dryRun?: boolean }): Promise<PublishAnswer>;
}

/** Publishes over HTTP what one source has to say. One publisher sends one request at a time, so that order is kept. */
export function httpPublisher(o: PublisherOptions): Publisher {
  const inTurn = oneAfterTheOther();
  const publish = async (events: EventToPublish[], dryRun: boolean): Promise<PublishAnswer> => {
    const results: EventOutcome[] = [];
    for (const { body, from } of bodiesOf(events)) {
      const answer = await postEvents(o, body, dryRun);
      for (const outcome of answer.results) results.push({ ...outcome, index: from + outcome.index });
    }
    return { results };
  };
  return {
    publish: (events, { dryRun = false } = {}) => inTurn(() => publish(events, dryRun)),
  };
}
