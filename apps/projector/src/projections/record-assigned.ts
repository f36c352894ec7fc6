import type { RecordAssigned } from '#lib/events';
import { tables } from '#lib/read-model';
import { byDecision } from '../decision-version.js';
import { type RegisterWrite, rowOf } from '../register-write.js';

/** The record belongs to this person: a merge or a split changes these rows and nothing else. */
export function recordAssigned(decision: RecordAssigned): RegisterWrite[] {
  const write = rowOf(tables.recordPerson, { subject: decision.subject }, {}, byDecision(decision));
  return [write('assignment', { person: decision.person, reason: decision.reason, model_version: decision.modelVersion })];
}
