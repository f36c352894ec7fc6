import { hash } from 'node:crypto';

/**
 * The id of a person first met as this record: derived, never random, so that a lost state gives the same ids again.
 * @param decision given where that id is already somebody else's.
 */
export function personIdOf(subject: string, decision?: number): string {
  const hex = hash('sha256', ['person', subject, ...(decision === undefined ? [] : [decision])].join('\0'), 'hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
