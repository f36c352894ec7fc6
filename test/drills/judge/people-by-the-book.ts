import { readFileSync } from 'node:fs';
import type { EventOf, InvolvementEvent, PairRuling, SourceVersion } from '#lib/events';
import { blockingKeysOf, cluster, type Comparable, comparableOf, type ComparedPair, comparePair, type MatchModel } from '#lib/matching';

/** An event with whom it is about. */
export interface Told {
  event: InvolvementEvent;
  subject: string;
}

/** Who is one person, computed at once from everything that was told, with nothing of the matcher but `libs/matching`. */
export class PeopleByTheBook {
  private readonly sensitive: Set<string>;
  private readonly ready = new Map<string, { comparable: Comparable; keys: Set<string> }>();
  private readonly compared = new Map<string, ComparedPair>();

  /** @param authorityFile says of which sources a join asks for more */
  constructor(
    private readonly model: MatchModel,
    authorityFile: string,
  ) {
    const { services, sources } = JSON.parse(readFileSync(authorityFile, 'utf8')) as {
      services: { service: string; matchedWithCare?: boolean }[];
      sources: { id: string; service: string }[];
    };
    const careful = new Set(services.filter((one) => one.matchedWithCare).map(({ service }) => service));
    this.sensitive = new Set(sources.filter(({ service }) => careful.has(service)).map(({ id }) => id));
  }

  /** @param rulings in any order @returns one line for each person: their records, sorted; all of it sorted */
  people(told: readonly Told[], rulings: readonly PairRuling[]): string[] {
    const records = recordsIn(told);
    const endOf = (subject: string): string => {
      const next = records.get(subject)?.replacedBy?.by;
      return next === undefined ? subject : endOf(next);
    };
    const standing = [...records.keys()].filter((subject) => endOf(subject) === subject && !isGone(records.get(subject)!)).sort();
    const rules = rulesOf(rulings, endOf, new Set(standing));
    const groupOf = new Map<string, string>();
    for (const component of this.components(standing, records, rules.together)) {
      const pairOf = (one: string, other: string) => this.compare(records.get(one)!, records.get(other)!);
      const { people } = cluster(component, pairOf, rules, this.model.largestComponent);
      for (const members of people) for (const subject of members) groupOf.set(subject, members[0]!);
    }
    const all = Map.groupBy([...records.keys()].sort(), (subject) => groupOf.get(endOf(subject)) ?? endOf(subject));
    return [...all.values()].map((members) => members.join()).sort();
  }

  /** Records that hang together by pairs that may be one, or by a ruling. */
  private components(standing: string[], records: ReadonlyMap<string, RecordNow>, together: [string, string][]): string[][] {
    const near = (one: string, other: string) =>
      this.meet(records.get(one)!, records.get(other)!) ||
      together.some((pair) => pair.includes(one) && pair.includes(other) && one !== other);
    const left = new Set(standing);
    const components: string[][] = [];
    for (const first of standing) {
      if (!left.delete(first)) continue;
      const component = [first];
      for (const one of component)
        for (const other of left)
          if (near(one, other)) {
            left.delete(other);
            component.push(other);
          }
      components.push(component.sort());
    }
    return components;
  }

  private meet(one: RecordNow, other: RecordNow): boolean {
    const [a, b] = [this.made(one), this.made(other)];
    return [...a.keys].some((key) => b.keys.has(key)) && this.compare(one, other).zone !== 'apart';
  }

  private compare(one: RecordNow, other: RecordNow): ComparedPair {
    const [a, b] = [this.made(one).comparable, this.made(other).comparable];
    const key = `${contentOf(one)} ${contentOf(other)}`;
    const known = this.compared.get(key) ?? comparePair(a, b, this.model);
    this.compared.set(key, known);
    return known;
  }

  private made(record: RecordNow): { comparable: Comparable; keys: Set<string> } {
    const content = contentOf(record);
    const known = this.ready.get(content);
    if (known) return known;
    const { subject, details } = record;
    const said = details?.event ?? { names: [], addresses: [], identifiers: [], dateOfBirth: null, gender: null, flags: [], source: '' };
    const comparable = comparableOf({ ...said, subject, sensitive: this.sensitive.has(said.source) });
    const made = { comparable, keys: new Set(blockingKeysOf(comparable)) };
    this.ready.set(content, made);
    return made;
  }
}

/** A record as its source says it last. */
interface RecordNow {
  subject: string;
  details?: { version: SourceVersion; event: EventOf<'PersonRecorded'> };
  removed?: { version: SourceVersion };
  replacedBy?: { version: SourceVersion; by: string };
}

/** The same text, the same content: a version is told once. */
const contentOf = ({ subject, details }: RecordNow): string =>
  `${subject} ${details === undefined ? 'nothing' : `${details.version.epoch}/${details.version.position}`}`;

const later = (one: SourceVersion, other: SourceVersion | undefined): boolean =>
  other === undefined || one.epoch > other.epoch || (one.epoch === other.epoch && one.position > other.position);

/** Removed wins a tie. */
const isGone = ({ details, removed }: RecordNow): boolean =>
  removed !== undefined && (details === undefined || !later(details.version, removed.version));

function recordsIn(told: readonly Told[]): Map<string, RecordNow> {
  const records = new Map<string, RecordNow>();
  const of = (subject: string): RecordNow => {
    const record = records.get(subject) ?? { subject };
    records.set(subject, record);
    return record;
  };
  for (const { event, subject } of told) {
    if (event.type === 'SourceChecked') continue;
    const record = of(subject);
    const { sourceVersion: version } = event;
    if (event.type === 'PersonRecorded' && later(version, record.details?.version)) record.details = { version, event };
    if (event.type === 'PersonRemoved' && later(version, record.removed?.version)) record.removed = { version };
    if (event.type === 'RecordReplaced') {
      of(event.newRecordId);
      if (later(version, record.replacedBy?.version)) record.replacedBy = { version, by: event.newRecordId };
    }
  }
  return records;
}

/** Of several rulings about two records the last counts, between the records that stand for them. */
function rulesOf(rulings: readonly PairRuling[], endOf: (subject: string) => string, standing: ReadonlySet<string>) {
  const last = new Map(
    rulings.toSorted((a, b) => a.decision - b.decision).map((ruling) => [[ruling.subject, ruling.other].sort().join(), ruling]),
  );
  const ofKind = (type: PairRuling['type']) =>
    [...last.values()]
      .filter((ruling) => ruling.type === type)
      .map(({ subject, other }): [string, string] => [endOf(subject), endOf(other)])
      .filter(([one, other]) => one !== other && standing.has(one) && standing.has(other));
  return { together: ofKind('RecordsKeptTogether'), apart: ofKind('RecordsKeptApart') };
}
