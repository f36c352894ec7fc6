import type { Metrics } from '#lib/runtime';

/** What the matcher tells of itself; counts and times, never a record. */
export function matcherMetrics(metrics: Metrics) {
  return {
    events: metrics.counter('matcher_events_total', 'Events taken into the matcher’s state.', ['type']),
    skipped: metrics.counter('matcher_events_skipped_total', 'Events the matcher could not read when their turn came.', ['code']),
    unread: metrics.gauge('matcher_events_unread', 'Events passed over that are read again from time to time, until they can be.'),
    decisions: metrics.counter('matcher_decisions_total', 'Decisions made.', ['type']),
    sent: metrics.counter('matcher_decisions_sent_total', 'Decisions acknowledged by identity-log.', ['type']),
    delay: metrics.histogram(
      'matcher_published_to_decided_seconds',
      'From an event’s publication to its decision being durable, for the oldest event of each batch.',
      [],
      [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60, 600],
    ),
    quarantined: metrics.gauge('matcher_records_too_many_alike', 'Records that are not matched because too many hang together.'),
    writer: metrics.gauge('matcher_writer', '1 while this process decides, 0 while it stands by.'),
    halted: metrics.gauge('matcher_halted', '1 after an error that must not be passed over.'),
  };
}
export type MatcherMetrics = ReturnType<typeof matcherMetrics>;
