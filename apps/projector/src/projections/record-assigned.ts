import type { RecordAssigned } from '#lib/events';
import { tables } from '#lib/read-model';
import { byDecision } from '../decision-version.js';
import { type DecisionPlace, type RegisterWrite, rowOf } from '../register-write.js';

/** The record belongs to this person: a merge or a split changes these rows and nothing else. That it once did stays, whoever it is given to later. */
export function recordAssigned(decision: RecordAssigned, { publishedAt }: DecisionPlace): RegisterWrite[] {
  const { subject, person, reason, modelVersion } = decision;
  const version = byDecision(decision);
  return [
    rowOf(tables.recordPerson, { subject }, {}, version)('assignment', { person, reason, model_version: modelVersion }),
    rowOf(tables.assignedOnce, { person, subject }, {}, version)('assignment', { decided_at: publishedAt }),
  ];
}
