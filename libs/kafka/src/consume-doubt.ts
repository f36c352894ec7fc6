import type { Consumer } from 'kafkajs';

/** Longer than this without a fetch under way, a topic could be deleted, made again and filled unseen. */
const UNWATCHED_MS = 1_000;
/** What kafkajs asks for again after any trouble with a topic or a broker: an unknown topic, a new leader, a lost connection. */
const AFTER_TROUBLE = new Set(['Metadata', 'ApiVersions']);

/**
 * Calls `doubt` whenever what is fetched next may come from another log. kafkajs speaks no topic ids: after a topic was deleted and made
 * again it goes on at the old offset, often without a new assignment, and would skip everything before it. While a fetch is under way a
 * deletion makes itself felt as an error, which kafkajs answers by asking for metadata; in between, only the clock tells.
 */
export function watchForDoubt(consumer: Consumer, doubt: () => void): void {
  let fetchedAt = Date.now();
  consumer.on(consumer.events.REQUEST, ({ payload }) => {
    if (AFTER_TROUBLE.has(payload.apiName)) doubt();
  });
  consumer.on(consumer.events.FETCH, () => {
    fetchedAt = Date.now();
  });
  consumer.on(consumer.events.FETCH_START, () => {
    if (Date.now() - fetchedAt > UNWATCHED_MS) doubt();
  });
}
