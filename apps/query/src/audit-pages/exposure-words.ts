import type { Exposure, RecordShown } from '#lib/audit';
import { roleWords } from './entry-shown.js';
import { personWords } from './entry-words.js';
import type { Owners } from './find-owners.query.js';

/** Somebody with whom records were shown as one. */
interface ShownWith {
  person: string;
  words: string;
  /** How many of their records; none: somebody has kept them apart by hand, and no look showed them together. */
  records: number;
  first: number | null;
  last: number | null;
  /** By which decision somebody has kept them apart by hand. */
  decision: number | null;
}

/** Whose the records are now that were shown with somebody's. @param but whom it is about */
export function thirdPeople(
  records: readonly RecordShown[],
  { ownerOf, keptApart }: Owners,
  but: readonly string[],
): { others: ShownWith[]; nobodys: number } {
  const owned = Map.groupBy(records, ({ subject }) => ownerOf.get(subject));
  const decisionOf = new Map(keptApart.map(({ person, decision }) => [person, decision]));
  const persons = new Set([...[...owned.keys()].filter((person) => person !== undefined), ...decisionOf.keys()]);
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
        decision: decisionOf.get(person) ?? null,
      };
    });
  return { others, nobodys: owned.get(undefined)?.length ?? 0 };
}

/** One reader, as the page counts what they were shown. */
export function readerRow({ reader, roles, teams, ...counts }: Exposure['readers'][number]) {
  const then = [...roles.map(roleWords), ...teams.filter((team) => team !== '')];
  return { ...counts, who: reader ?? 'Taken out', roleAndTeam: then.join(', ') };
}
