/** What can alarm. Codes are stable: the runbook, the alerting rules and the pages name them. */
export const ALARM_CODES = [
  'source-silent',
  'source-dropped',
  'parked-count',
  'parked-age',
  'difference-found',
  'tally-unbalanced',
  'generation-behind',
  'upkeep-request-failed',
  'build-failed',
] as const;
export type AlarmCode = (typeof ALARM_CODES)[number];

/** Something a person must look at. Details are counts, codes and names of sources: nothing of a person. */
export interface Alarm {
  code: AlarmCode;
  /** Null: it concerns no source, or all of them. */
  source: string | null;
  details: Record<string, unknown>;
}

/** An alarm that was raised and has not been cleared. */
export interface OpenAlarm extends Alarm {
  /** Milliseconds since 1970. Accepted: somebody has looked and says that it is as it should be. */
  since: number;
  acceptedAt: number | null;
}
