import { personIdOf } from './person-id.js';

/**
 * The person id of each group from now on. An id stays with the group that holds most of its records, on a tie with the record it was made
 * from, then in canonical order; a group of several people keeps one of their ids by the same rule. A group left without gets the id of its
 * first record, or, if that is somebody else's, one made with the decision's number.
 * @param groups subject tokens, each group sorted
 * @param held the person id each record has so far; ids in use outside these groups must not be derivable from a record in them
 */
export function keepIds(groups: readonly (readonly string[])[], held: ReadonlyMap<string, string>, decision: number): string[] {
  const ids = new Map<number, string>();
  const taken = new Set<string>();
  for (const { group, person } of claims(groups, held)) {
    if (ids.has(group) || taken.has(person)) continue;
    ids.set(group, person);
    taken.add(person);
  }
  const inUse = new Set([...held.values(), ...taken]);
  return groups.map(([first], group) => {
    const own = personIdOf(first!);
    return ids.get(group) ?? (inUse.has(own) ? personIdOf(first!, decision) : own);
  });
}

interface Claim {
  group: number;
  person: string;
  holders: number;
  /** The record the id was made from is in the group. */
  home: boolean;
}

/** Every group's claim to every id its records hold, best first. */
function claims(groups: readonly (readonly string[])[], held: ReadonlyMap<string, string>): Claim[] {
  const all = groups.flatMap((subjects, group) => {
    const byPerson = Map.groupBy(
      subjects.filter((subject) => held.has(subject)),
      (subject) => held.get(subject)!,
    );
    const homes = byPerson.size === 0 ? new Set<string>() : new Set(subjects.map((subject) => personIdOf(subject)));
    return [...byPerson].map(([person, holders]) => ({ group, person, holders: holders.length, home: homes.has(person) }));
  });
  return all.sort(
    (a, b) => b.holders - a.holders || Number(b.home) - Number(a.home) || (a.person < b.person ? -1 : 1) || a.group - b.group,
  );
}
