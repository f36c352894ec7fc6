import { personIdOf } from './person-id.js';
import type { RecordState } from './record-state.js';

/** What the records found so far point at; whatever holds or is one of these belongs to the component. */
export interface Links {
  subjects: string[];
  matchKeys: string[];
  people: string[];
}

/**
 * All records that a decision about the changed ones can concern: joined by a match key, by a replacement, or by having been one person so far
 * (so what a record leaves behind is decided again too); and whoever holds an id that would be made for one of them.
 * @param records the changed records as they are now
 * @param find the stored records that any of the links lead to
 */
export async function componentOf(
  records: readonly RecordState[],
  find: (links: Links) => Promise<readonly RecordState[]>,
): Promise<RecordState[]> {
  const found = new Map(records.map((record) => [record.subject, record]));
  const followed = { subjects: new Set<string>(), matchKeys: new Set<string>(), people: new Set<string>() };
  const unmet = (kind: keyof Links, ids: readonly string[]) => {
    const fresh = new Set(ids.filter((id) => !followed[kind].has(id)));
    for (const id of fresh) followed[kind].add(id);
    return [...fresh];
  };
  let fresh: readonly RecordState[] = records;
  while (fresh.length > 0) {
    const targets = fresh.flatMap(({ replacedBy }) => (replacedBy === null || found.has(replacedBy) ? [] : [replacedBy]));
    const links = {
      subjects: unmet('subjects', targets),
      matchKeys: unmet('matchKeys', fresh.flatMap(({ matchKeys }) => matchKeys)), // prettier-ignore
      people: unmet('people', fresh.flatMap(peopleOf)),
    };
    const stored = Object.values(links).some((ids) => ids.length > 0) ? await find(links) : [];
    fresh = stored.filter(({ subject }) => !found.has(subject));
    for (const record of fresh) found.set(record.subject, record);
  }
  return [...found.values()];
}

/** The person a record has, and the one that would be made for it if it stood alone: somebody else may hold that id. */
function peopleOf({ subject, person }: RecordState): string[] {
  return person === null ? [] : [...new Set([person, personIdOf(subject)])];
}
