/** So long after being asked for a reason, whoever gives it was not refused. Milliseconds. */
const AN_HOUR = 3_600_000;

/** Of `audit.entry`: nothing was shown yet, as a reason was asked first. That is no refusal. */
export const REASON_ASKED = `(outcome = 'denied' AND coalesce(shown->>'why', '') IN ('reason-needed', 'override-needs-reason'))`;

/** Of `audit.entry`: within the hour the same reader gave a reason for the same person, or came with one given for their family. */
export const REASON_FOLLOWED = `EXISTS (
  SELECT FROM audit.entry given WHERE given.person = entry.person AND given.reader = entry.reader AND given.outcome = 'done'
    AND (given.reason IS NOT NULL OR 'reason' = ANY (given.redacted)) AND given.at BETWEEN entry.at AND entry.at + ${AN_HOUR})`;
