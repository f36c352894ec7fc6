import type { AuditRow } from '#lib/audit';
import { type Authority, databaseName } from '../authority.js';
import { instantWords } from '../day-words.js';
import { ROLES, type Role } from '../sign-in/reader.js';
import type { Line } from './fold-entries.js';
import type { FoundInLog } from './found-in-log.js';
import { actionWords, personWords, shownWords } from './entry-words.js';
import { outcomeWords, wasKept } from './outcome-words.js';
import { whyWords } from './why-words.js';

/** An entry in the words of the pages. */
export interface ShownEntry {
  id: string;
  at: number;
  /** User name; "Nobody proved" where a sign-in was refused. */
  who: string;
  /** "Social worker, Assessment East": as they were then. */
  roleAndTeam: string;
  action: string;
  outcome: string;
  /** Whether somebody was kept from something. */
  kept: boolean;
  person: { id: string; words: string } | null;
  /** Whom one answer listed, each with their own entry; none: the line is one entry. */
  people: { id: string; words: string; entry: string; foundWrong: string | null }[];
  /** Why, with the reference; else why no reason was asked. */
  why: string;
  shown: string | null;
  freshness: string | null;
  requestId: string;
  typed: boolean;
  /** Lawfully taken out. */
  redacted: string[];
  /** Place in the sealed tree; null: waits to be sealed. */
  index: number | null;
  /** Came by the spool at this time. */
  spooledAt: number | null;
  /** Why what it says can’t be relied on. */
  foundWrong: string | null;
}

export function entryShown(row: AuditRow, authority: Authority, log: FoundInLog): ShownEntry {
  const { id, at, reader, role, team, person, requestId, typed, redacted, index } = row;
  return {
    id,
    at,
    who: reader ?? (redacted.includes('reader') ? 'Taken out' : 'Nobody proved'),
    roleAndTeam: [role === null ? null : roleWords(role), team === '' ? null : team].filter((part) => part !== null).join(', '),
    action: actionWords(row),
    outcome: outcomeWords(row),
    kept: wasKept(row),
    person: person === null ? null : { id: person, words: personWords(person) },
    people: [],
    why: whyWords(row, { inOwnWords: true }),
    shown: shownWords(row, authority),
    freshness: freshnessWords(row, authority),
    requestId,
    typed,
    redacted,
    index,
    spooledAt: row.drainedAt,
    foundWrong: log.wrongWith(row),
  };
}

/** A line of a list: several entries are told as the one that counts them, with the people of the others. */
export function lineShown(line: Line, authority: Authority, log: FoundInLog): ShownEntry {
  const people = line.flatMap((row) =>
    row.person === null ? [] : [{ id: row.person, words: personWords(row.person), entry: row.id, foundWrong: log.wrongWith(row) }],
  );
  if (people.length < 2) return entryShown(line[0], authority, log);
  const counting = line.find(({ person }) => person === null) ?? { ...line[0], person: null };
  const foundWrong = line.map((row) => log.wrongWith(row)).find((wrong) => wrong !== null) ?? null;
  return { ...entryShown(counting, authority, log), people, foundWrong };
}

export const roleWords = (role: string): string => (role in ROLES ? ROLES[role as Role] : role);

/** "Mosaic up to 26 Nov 2026 at 03:20; Niche, late, up to …". */
function freshnessWords({ freshness }: AuditRow, authority: Authority): string | null {
  if (freshness === null) return null;
  const words = Object.entries(freshness as Record<string, { completeTo?: number | null; late?: boolean } | null>).map(
    ([source, known]) => {
      const upTo = known?.completeTo == null ? 'not heard from yet' : `up to ${instantWords(known.completeTo)}`;
      return `${databaseName(authority, source)}${known?.late ? ', late,' : ''} ${upTo}`;
    },
  );
  return words.length > 0 ? words.join('; ') : null;
}
