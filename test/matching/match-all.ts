import {
  blockingKeysOf,
  cluster,
  type Comparable,
  type ComparedPair,
  comparePair,
  type MatchModel,
  type StewardRules,
} from '#lib/matching';

export interface Matched {
  /** Subjects of one person each, in order. */
  people: string[][];
  /** Pairs that were compared and not left apart, by `linkOf`. */
  links: ReadonlyMap<string, ComparedPair>;
  /** How many pairs were compared. */
  compared: number;
}

export const linkOf = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** The people among records, all at once: pairs that share a key are compared, and each component of what hangs together is clustered. */
export function matchAll(records: readonly Comparable[], rules: StewardRules, model: MatchModel): Matched {
  const byKey = new Map<string, Comparable[]>();
  for (const record of records)
    for (const key of blockingKeysOf(record)) {
      const sharing = byKey.get(key);
      if (sharing) sharing.push(record);
      else byKey.set(key, [record]);
    }
  const links = new Map<string, ComparedPair>();
  const compared = new Set<string>();
  for (const sharing of byKey.values())
    for (const [place, one] of sharing.entries())
      for (let beside = place + 1; beside < sharing.length; beside += 1) {
        const other = sharing[beside] as Comparable;
        const link = linkOf(one.subject, other.subject);
        if (compared.has(link)) continue;
        compared.add(link);
        const pair = comparePair(one, other, model);
        if (pair.zone !== 'apart') links.set(link, pair);
      }
  const bySubject = new Map(records.map((record) => [record.subject, record]));
  const together = rules.together.filter((pair) => pair.every((subject) => bySubject.has(subject)));
  const components = componentsOf(
    [...bySubject.keys()],
    [...[...links.keys()].map((link) => link.split(' ') as [string, string]), ...together],
  );
  const people = components.flatMap((component) => clusterComponent(component, bySubject, rules, model));
  return { people: people.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)), links, compared: compared.size };
}

/** The people of one component, from scratch. */
export function clusterComponent(
  component: readonly string[],
  bySubject: ReadonlyMap<string, Comparable>,
  rules: StewardRules,
  model: MatchModel,
): string[][] {
  if (component.length === 1) return [[...component]];
  const pairOf = (one: string, other: string) => comparePair(bySubject.get(one) as Comparable, bySubject.get(other) as Comparable, model);
  return cluster(component, pairOf, rules, model.largestComponent).people;
}

/** What hangs together over pairs. */
export function componentsOf(subjects: readonly string[], pairs: readonly (readonly [string, string])[]): string[][] {
  const leads = new Map(subjects.map((subject) => [subject, subject]));
  const leadOf = (subject: string): string => {
    const lead = leads.get(subject) ?? subject;
    if (lead === subject) return subject;
    const found = leadOf(lead);
    leads.set(subject, found);
    return found;
  };
  for (const [one, other] of pairs) leads.set(leadOf(one), leadOf(other));
  const components = new Map<string, string[]>();
  for (const subject of subjects) {
    const lead = leadOf(subject);
    components.set(lead, [...(components.get(lead) ?? []), subject]);
  }
  return [...components.values()];
}
