import { createHash } from 'node:crypto';

/** The person id that a set of subject tokens has when it has no history: derived from the least, 32 hex digits; `again` tells later ones apart. */
export function personIdOf(subjects: readonly string[], again = 0): string {
  const least = subjects.reduce((low, subject) => (subject < low ? subject : low));
  return createHash('sha256').update(`person\n${least}\n${again}`).digest('hex').slice(0, 32);
}

/**
 * The ids of people, in their order. An id stays with the people who hold most of the records that had it, on a tie with the id's own
 * founder, then the least subject; who has none gets one derived from its least subject. `previous` is each record's person before;
 * `isTaken` says whether an id belongs to somebody outside these people.
 */
export function namePeople(
  people: readonly (readonly string[])[],
  previous: ReadonlyMap<string, string>,
  isTaken: (personId: string) => boolean = () => false,
): string[] {
  const claims = people.flatMap((subjects, place) => {
    const shared = new Map<string, number>();
    for (const subject of subjects) {
      const id = previous.get(subject);
      if (id !== undefined) shared.set(id, (shared.get(id) ?? 0) + 1);
    }
    const least = [...subjects].sort()[0] ?? '';
    return [...shared].map(([id, count]) => ({ id, count, place, least, own: id === personIdOf(subjects) }));
  });
  claims.sort(
    (a, b) => b.count - a.count || Number(b.own) - Number(a.own) || (a.least < b.least ? -1 : a.least > b.least ? 1 : a.id < b.id ? -1 : 1),
  );
  const ids: (string | undefined)[] = people.map(() => undefined);
  const used = new Set<string>();
  for (const { id, place } of claims)
    if (ids[place] === undefined && !used.has(id) && !isTaken(id)) {
      ids[place] = id;
      used.add(id);
    }
  // Ids that were somebody's before stay unused, so that an old link never leads to a stranger.
  const old = new Set(previous.values());
  return ids.map((id, place) => {
    if (id !== undefined) return id;
    const subjects = people[place] as readonly string[];
    let again = 0;
    let derived = personIdOf(subjects);
    while (used.has(derived) || isTaken(derived) || (old.has(derived) && previous.get(least(subjects)) !== derived))
      derived = personIdOf(subjects, ++again);
    used.add(derived);
    return derived;
  });
}

const least = (subjects: readonly string[]) => subjects.reduce((low, subject) => (subject < low ? subject : low));
