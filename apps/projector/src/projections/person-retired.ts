import type { PersonRetired } from '#lib/events';
import { tables } from '#lib/read-model';
import { byDecision } from '../decision-version.js';
import { type RegisterWrite, rowOf } from '../register-write.js';

/** Whoever asks for this person id is sent on to the other. */
export function personRetired(decision: PersonRetired): RegisterWrite[] {
  const write = rowOf(tables.personRedirect, { person: decision.person }, {}, byDecision(decision));
  return [write('redirect', { into_person: decision.into })];
}
