import type { AuditRow } from '#lib/audit';
import { roleWords } from './entry-shown.js';
import { outcomeWords } from './outcome-words.js';
import { plainWords } from './report-words.js';
import { whyWords } from './why-words.js';

/** How much of a reader a person is told. */
export const LEVELS = { names: 'User names of readers', roles: 'Roles and teams only' } as const;
export type Level = keyof typeof LEVELS;

/** One look, as the person concerned is told of it. */
export interface ReportLine {
  at: number;
  who: string;
  what: string;
  why: string;
}

/** Without names there is no reference either, nor a reason in words of somebody’s own: both may name somebody. */
export function reportLine(row: AuditRow, level: Level): ReportLine {
  const { at, reader, role, team, outcome } = row;
  const then =
    [role === null ? null : roleWords(role), team === '' ? null : team].filter((part) => part !== null).join(', ') || 'Not known';
  const what = plainWords(row);
  return {
    at,
    who: level === 'names' && reader !== null ? `${reader} (${then})` : then,
    what: outcome === 'done' ? what : `${what}. ${outcomeWords(row)}`,
    why: whyWords(row, { inOwnWords: level === 'names' }),
  };
}
