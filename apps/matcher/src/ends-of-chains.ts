import type { SourceVersion } from '#lib/events';

interface Replaceable {
  subject: string;
  replacedBy: string | null;
  replacement: SourceVersion;
}

/**
 * For every record the one that stands for it: the end of its chain of replacements, itself where nothing replaced it. A cycle ends at the
 * record replaced longest ago. A chain that leaves these records ends at the last of them.
 */
export function endsOfChains(records: readonly Replaceable[]): Map<string, string> {
  const bySubject = new Map(records.map((record) => [record.subject, record]));
  const ends = new Map<string, string>();
  for (const { subject } of records) {
    const path: Replaceable[] = [];
    const onPath = new Set<string>();
    let at = bySubject.get(subject)!;
    while (!ends.has(at.subject) && !onPath.has(at.subject)) {
      path.push(at);
      onPath.add(at.subject);
      at = (at.replacedBy === null ? undefined : bySubject.get(at.replacedBy)) ?? at;
    }
    const cycle = path.slice(path.indexOf(at));
    const end = ends.get(at.subject) ?? cycle.reduce(replacedFirst).subject;
    for (const record of path) ends.set(record.subject, end);
  }
  return ends;
}

function replacedFirst(one: Replaceable, other: Replaceable): Replaceable {
  const order =
    one.replacement.epoch - other.replacement.epoch ||
    one.replacement.position - other.replacement.position ||
    (one.subject < other.subject ? -1 : 1);
  return order <= 0 ? one : other;
}
