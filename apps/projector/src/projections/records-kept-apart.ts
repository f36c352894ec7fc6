import type { RecordsKeptApart, RecordsKeptApartRevoked } from '#lib/events';
import { tables } from '#lib/read-model';
import { byDecision } from '../decision-version.js';
import { type RegisterWrite, rowOf } from '../register-write.js';

/** These two records are of two people. */
export const recordsKeptApart = (decision: RecordsKeptApart): RegisterWrite[] => ruling(decision, true);

/** Nothing is decided of these two records any more. */
export const recordsKeptApartRevoked = (decision: RecordsKeptApartRevoked): RegisterWrite[] => ruling(decision, false);

/** A row from either side: whoever reads one record finds the other by its key. */
function ruling(decision: RecordsKeptApart | RecordsKeptApartRevoked, apart: boolean): RegisterWrite[] {
  const { subject, other } = decision;
  const from = (one: string, another: string) =>
    rowOf(tables.keptApart, { subject: one, other_subject: another }, {}, byDecision(decision))('ruling', { apart });
  return [from(subject, other), from(other, subject)];
}
