import type { PairRuling } from '#lib/events';
import { tables } from '#lib/read-model';
import { byDecision } from '../decision-version.js';
import { type RegisterWrite, rowOf } from '../register-write.js';

/** These two records are of two people; or, by any later decision about them, that is no longer said. A row from either side: whoever reads one record finds the other by its key. */
export function pairRuled(decision: PairRuling): RegisterWrite[] {
  const { type, subject, other } = decision;
  const from = (one: string, another: string) =>
    rowOf(
      tables.keptApart,
      { subject: one, other_subject: another },
      {},
      byDecision(decision),
    )('ruling', { apart: type === 'RecordsKeptApart' });
  return [from(subject, other), from(other, subject)];
}
