import type { AuditRow } from '#lib/audit';
import { ACTIONS, OUTCOMES, reasonCategory, reasonWords, referenceWords } from './entry-words.js';
import { roleWords } from './entry-shown.js';

/** How much of a reader a person is told. */
export const LEVELS = { names: 'Full names of readers', roles: 'Roles and teams only' } as const;
export type Level = keyof typeof LEVELS;

/** One look, as the person concerned is told of it. */
export interface ReportLine {
  at: number;
  who: string;
  what: string;
  why: string;
}

/** Without names there is no reference either, nor a reason in words of somebody’s own: both may name somebody. */
export function reportLine({ at, reader, role, team, action, outcome, reason, reference }: AuditRow, level: Level): ReportLine {
  const then =
    [role === null ? null : roleWords(role), team === '' ? null : team].filter((part) => part !== null).join(', ') || 'Not known';
  const given = level === 'names' ? [reasonWords(reason), referenceWords(reference)] : [reasonCategory(reason)];
  const why = given.filter((part) => part !== null).join(', ');
  return {
    at,
    who: level === 'names' && reader !== null ? `${reader} (${then})` : then,
    what: outcome === 'done' ? ACTIONS[action] : `${ACTIONS[action]}: ${OUTCOMES[outcome].toLocaleLowerCase('en-GB')}`,
    why: why || (reason === null ? 'No reason is on record' : 'A reason is on record'),
  };
}
