import { personIdOf } from './person-id.js';
import type { RecordState } from './record-state.js';

/** What the records found so far point at; whatever one of these leads to belongs with them. */
export interface Links {
  /** Records whose pairs, rules and replaced records are wanted. */
  of: string[];
  /** Records wanted themselves. */
  subjects: string[];
  people: string[];
  /** Records found already. */
  found: string[];
}

/**
 * All records that a decision about these can concern: connected by a pair, a steward's rule, or a replacement, or by having been one person
 * so far (so what a record leaves behind is decided again too); and whoever holds an id that would be made for one of them.
 * @param records as they are now
 * @param find the stored records that any of the links lead to
 */
export async function componentOf(
  records: readonly RecordState[],
  find: (links: Links) => Promise<readonly RecordState[]>,
): Promise<RecordState[]> {
  const found = new Map(records.map((record) => [record.subject, record]));
  const asked = new Set<string>();
  let fresh: readonly RecordState[] = records;
  while (fresh.length > 0) {
    const people = [...new Set(fresh.flatMap(peopleOf))].filter((id) => !asked.has(id));
    for (const id of people) asked.add(id);
    const links = {
      of: fresh.map(({ subject }) => subject),
      subjects: fresh.flatMap(({ replacedBy }) => (replacedBy === null || found.has(replacedBy) ? [] : [replacedBy])),
      people,
      found: [...found.keys()],
    };
    const stored = await find(links);
    fresh = stored.filter(({ subject }) => !found.has(subject));
    for (const record of fresh) found.set(record.subject, record);
  }
  return [...found.values()];
}

/** The person a record has, and the one that would be made for it if it stood alone: somebody else may hold that id. */
function peopleOf({ subject, person }: RecordState): string[] {
  return person === null ? [] : [...new Set([person, personIdOf(subject)])];
}
