import type { AuditRow } from '#lib/audit';
import { roleWords } from './entry-shown.js';
import type { FoundInLog } from './found-in-log.js';
import { LINE_WORDS, unmarkedWords } from './log-words.js';
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
  /** What is wrong with it: what of it can’t be told. */
  wrong: string | null;
  /** The same, or what is known where nothing was found. */
  asRecorded: string;
}

/**
 * Without names there is no reference either, nor a reason in words of somebody’s own: both may name somebody. Of a line that is not what was
 * recorded they are left out as well: it may have been about another family.
 */
export function reportLine(row: AuditRow, level: Level, log: FoundInLog): ReportLine {
  const { at, reader, role, team, index } = row;
  const isWrong = log.wrongWith(row) !== null;
  // Only one that was put in has anything wrong with it and no index.
  const wrong = isWrong ? LINE_WORDS[index === null ? 'put-in' : 'changed'] : null;
  const then =
    [role === null ? null : roleWords(role), team === '' ? null : team].filter((part) => part !== null).join(', ') || 'Not known';
  return {
    at,
    who: level === 'names' && reader !== null ? `${reader} (${then})` : then,
    what: whatWords(row),
    why: whyWords(row, { inOwnWords: level === 'names' && !isWrong }),
    wrong,
    asRecorded: wrong === null ? unmarkedWords(row, log, 'No change was found') : `No. ${wrong}`,
  };
}

/** What was done, or tried: a panel that was opened and said “not checked” was opened all the same. */
function whatWords(row: AuditRow): string {
  const what = plainWords(row);
  if (row.outcome === 'done') return what;
  if (row.outcome === 'nothing-found' && typeof row.shown?.state === 'string') return `${what}. ${outcomeWords(row)}`;
  const tried = `Tried: ${what.charAt(0).toLocaleLowerCase('en-GB')}${what.slice(1)}`;
  return `${tried}. ${row.outcome === 'nothing-found' ? 'Nothing was shown' : outcomeWords(row)}`;
}
