import type { AuditRow, Exposure, RecordShown, Together } from '#lib/audit';
import { instantWords } from '../day-words.js';
import { becauseWords } from './code-words.js';
import { roleWords } from './entry-shown.js';
import { personWords } from './entry-words.js';
import type { Owners } from './find-owners.query.js';
import { saidApart } from './apart-words.js';

/** Somebody with whom records were shown as one. */
interface ShownWith {
  person: string;
  words: string;
  /** How many of their records; none: somebody has kept them apart by hand, and no look showed them together. */
  records: number;
  first: number | null;
  last: number | null;
  /** Those records. */
  subjects: string[];
}

/** Whose the records are now that were shown with somebody's. @param but whom it is about */
export function thirdPeople(
  records: readonly RecordShown[],
  { ownerOf, keptApart }: Owners,
  but: readonly string[],
): { others: ShownWith[]; nobodys: number } {
  const owned = Map.groupBy(records, ({ subject }) => ownerOf.get(subject));
  const persons = new Set([...[...owned.keys()].filter((person) => person !== undefined), ...keptApart.map(({ person }) => person)]);
  const others = [...persons]
    .filter((person) => !but.includes(person))
    .map((person): ShownWith => {
      const theirs = owned.get(person) ?? [];
      return {
        person,
        words: personWords(person),
        records: theirs.length,
        first: theirs.length === 0 ? null : Math.min(...theirs.map(({ first }) => first)),
        last: theirs.length === 0 ? null : Math.max(...theirs.map(({ last }) => last)),
        subjects: theirs.map(({ subject }) => subject),
      };
    });
  return { others, nobodys: owned.get(undefined)?.length ?? 0 };
}

/** One reader, as the page counts what they were shown. */
export function readerRow({ reader, roles, teams, ...counts }: Exposure['readers'][number]) {
  const then = [...roles.map(roleWords), ...teams.filter((team) => team !== '')];
  return { ...counts, who: reader ?? 'Taken out', roleAndTeam: then.join(', ') };
}

/** Who said of a record of each that they are two people, when and why, newest first: "grace.holt on 3 Nov 2026 at 10:00: Their details differ". Null: no steward of this log. */
export function decidedApart(decided: readonly AuditRow[], together: Together): string | null {
  const words = saidApart(decided, together).map((row) => {
    const because = becauseWords(row);
    return `${row.reader ?? 'Taken out'} on ${instantWords(row.at)}${because === null ? '' : `: ${because}`}`;
  });
  return words.length > 0 ? words.join('; ') : null;
}
