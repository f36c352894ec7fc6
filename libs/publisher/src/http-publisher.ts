import type { EventOutcome } from '#lib/events';
import { bodiesOf } from './bodies-of.js';
import type { TokenSource } from './client-credentials.js';
import { inTurn } from './in-turn.js';
import { postEvents } from './post-events.js';
import type { Patience, Publisher } from './publisher.js';

export interface PublisherOptions extends Patience {
  /** Where ingest answers, such as `http://127.0.0.1:7401`. */
  url: string;
  source: string;
  /** The source's bearer token; `clientCredentials` asks the directory for it. */
  token: TokenSource;
  fetch?: typeof fetch;
}

/** Publishes over HTTP what one source has to say, 1,000 events at a time. One publisher sends one request at a time, so that order is kept. */
export function httpPublisher(o: PublisherOptions): Publisher {
  const next = inTurn();
  return {
    publish: (events, { dryRun = false } = {}) =>
      next(async () => {
        const results: EventOutcome[] = [];
        for (const { body, from } of bodiesOf(events)) {
          const answer = await postEvents(o, body, dryRun);
          for (const outcome of answer.results) results.push({ ...outcome, index: from + outcome.index });
        }
        return { results };
      }),
  };
}
