import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { MatchModel } from '#lib/matching';
import { AuditedQuery, type Look } from '../audited-query.js';
import { type ClosestPair, closestPair } from '../compare-records/closest-pair.js';
import type { Comparing } from '../compare-records/compare-records.js';
import { sourceWords } from '../doubt-record/record-words.js';
import { listedInOrder } from '../search-people/listed-apart.js';
import { listedPerson } from '../search-people/listed-person.js';
import { type Snapshot, snapshotOf, type Statement } from '../snapshot.js';
import { believedFirst, identityOf } from '../view-person/identity-of.js';
import { type KnownPerson, mayBeShown } from '../view-person/known-person.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import type { PersonIdentity } from '../view-person/person-identity.js';
import { duplicateLooks, type PossibleDuplicate, possibleDuplicatesOf } from '../view-person/possible-duplicates-of.js';
import { readPossibleMatches } from '../view-person/possible-matches.js';
import { printLooks } from '../view-person/print-looks.js';
import { reachPerson } from '../view-person/reach-person.js';
import { readPeople } from '../view-person/read-people.js';
import { type Asked, askedFor, type Way } from '../view-person/way.js';
import { type KeptApart, readKeptApart } from './kept-apart.js';

/** A record that is shown as this person's, with why, and with the one it is most like. */
export interface JoinedRecord {
  label: string;
  /** As `RecordAssigned` has it; null: nothing is on record. */
  reason: string | null;
  /** Null for a person of one record. */
  closest: ClosestPair | null;
}

export interface WhyOnePerson {
  identity: PersonIdentity;
  records: JoinedRecord[];
  /** Others who may be the same person and are apart, and who have been decided to be another. */
  apart: SomebodyApart[];
}

export interface SomebodyApart extends PossibleDuplicate {
  closest: ClosestPair;
  /** Who has been decided to be another; null: nobody has decided it. */
  keptApart: Pick<KeptApart, 'decidedAt'> | null;
}

/** Why are these records one person, and why are others, who may be the same, not? Told from what the reader may see of them. Null: by this way nobody may be seen. */
export class ViewWhyOnePerson extends AuditedQuery<WhyOnePerson | MovedPerson | null> implements Asked {
  readonly data = 'basic-details';
  readonly person: string | null;
  readonly child: string | null;
  /** @param model by which records are compared: asked for before, as whoever knows it may be away, and nobody's snapshot waits for that */
  constructor(
    person: string,
    readonly model: MatchModel,
    private readonly way: Way = {},
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: WhyOnePerson | MovedPerson | null): Look[] {
    const [action, page] = ['viewed-person', 'why'] as const;
    if (result === null) return [{ action, person: this.person, found: false, shown: { page } }];
    if (hasMoved(result)) return [{ action, person: this.person, found: false, shown: { page, ...result } }];
    return [
      { action, person: this.person, found: true, shown: { page, records: result.records.length } },
      ...duplicateLooks(this.person, result.apart, { page, evidence: true }),
      ...printLooks(this.way, this.person, page),
    ];
  }
}

@QueryHandler(ViewWhyOnePerson)
export class WhyOnePersonHandler implements IQueryHandler<ViewWhyOnePerson> {
  async execute(query: ViewWhyOnePerson): Promise<WhyOnePerson | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    const { authority, now } = snapshot;
    const comparing = { model: query.model, authority };
    const anybody = query.child === null && authority.journeys.includes('search-any');
    const [reasons, apart] = await Promise.all([readReasons(snapshot, person), anybody ? whoIsApart(snapshot, person, comparing) : []]);
    const records = believedFirst(person, authority).map((record) => ({
      label: sourceWords(record, authority),
      reason: reasons.get(record.subject) ?? null,
      closest: closestPair({ ...person, records: [record] }, without(person, record.subject), comparing),
    }));
    return { identity: identityOf(person, authority, now), records, apart };
  }
}

const without = (person: KnownPerson, subject: string): KnownPerson => ({
  ...person,
  records: person.records.filter((record) => record.subject !== subject),
});

/** Who has been decided to be another stands there as that alone. */
async function whoIsApart(snapshot: Snapshot, person: KnownPerson, comparing: Comparing): Promise<SomebodyApart[]> {
  const [possible, decided] = await Promise.all([mayBeThem(snapshot, person), readKeptApart(snapshot, person)]);
  const undecided = possible.filter(({ person: id }) => !decided.some(({ other }) => other.person === id));
  const others = [...undecided.map((other) => ({ other, keptApart: null })), ...decided.map(({ other, decidedAt }) => ({ other, keptApart: { decidedAt } }))]; // prettier-ignore
  const shown = others.flatMap(({ other, keptApart }) => {
    const closest = closestPair(person, other, comparing);
    if (closest === null) return [];
    snapshot.madeOf(other.person, other.subjects);
    return [{ ...listedPerson(other, snapshot), closest, keptApart }];
  });
  return listedInOrder(shown).map(({ person, words, closest, keptApart }) => ({ person, words, closest, keptApart }));
}

async function mayBeThem(snapshot: Snapshot, person: KnownPerson): Promise<KnownPerson[]> {
  const { persons } = await readPossibleMatches(snapshot, person);
  const duplicates = await possibleDuplicatesOf(snapshot, person, persons);
  if (duplicates.length === 0) return [];
  const { byId } = await readPeople(
    snapshot,
    duplicates.map((duplicate) => duplicate.person),
  );
  return duplicates.flatMap(({ person: id }) => {
    const other = byId.get(id);
    return mayBeShown(other) ? [other] : [];
  });
}

async function readReasons(snapshot: Snapshot, { records }: KnownPerson): Promise<Map<string, string | null>> {
  const rows = await snapshot.rows<{ subject: string; reason: string | null }>(REASONS, [records.map(({ subject }) => subject)]);
  return new Map(rows.map(({ subject, reason }) => [subject, reason]));
}

const REASONS: Statement = {
  name: 'why-assigned',
  text: 'SELECT subject, reason FROM record_person WHERE subject = ANY ($1::uuid[])',
};
