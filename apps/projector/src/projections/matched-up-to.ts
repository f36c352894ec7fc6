import type { MatchedUpTo } from '#lib/events';
import { tables } from '#lib/read-model';
import { byDecision } from '../decision-version.js';
import { type DecisionPlace, type RegisterWrite, rowOf } from '../register-write.js';

/** How far the matcher has decided, as this partition of the identity log tells: all its earlier decisions there are applied by then. */
export function matchedUpTo(decision: MatchedUpTo, place: DecisionPlace): RegisterWrite[] {
  return decision.offsets.map(({ partition, offset }) =>
    rowOf(
      tables.matchedUpTo,
      { identity_partition: place.partition, log_partition: partition },
      {},
      byDecision(decision),
    )('progress', { log_offset: offset }),
  );
}
