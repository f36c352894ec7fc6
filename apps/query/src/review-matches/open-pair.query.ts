import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { readPeopleOfRecords } from '../view-person/read-people.js';
import { type NamedRecord, recordsWithId } from '../view-person/records-with-id.js';
import type { OpeningReason } from './opened-pair.js';
import { type Pair, pairIn } from './pair.js';
import { ownersOf } from './read-reviewed.js';
import { type OwnedRecord, ownedRecord, SENSITIVE } from './record-label.js';

/** Two records that a steward may look at. */
interface FoundPair {
  pair: Pair;
  sides: [OwnedRecord, OwnedRecord];
}

/**
 * Which two records have these IDs? On record for both people, with why it is asked and the IDs, sealed. Null: there are no two such that the steward may see. A
 * restricted record, one of whom the steward knows, and one that readers are not told of, are as absent as one that was never sent: by the same statements.
 */
export class OpenPair extends AuditedQuery<FoundPair | null> {
  readonly data = 'matching';
  readonly person = undefined;
  constructor(
    readonly named: readonly [NamedRecord, NamedRecord],
    readonly because: OpeningReason,
  ) {
    super();
  }

  looks(result: FoundPair | null): Look[] {
    const [one, other] = this.named;
    const action = 'opened-match';
    const terms = { source: one.source, recordId: one.recordId, otherSource: other.source, otherRecordId: other.recordId };
    const { because } = this;
    if (result === null) return [{ action, person: null, found: false, terms, shown: { because } }];
    return ownersOf(result).map((owner) => ({ action, ...owner, found: true, terms, shown: { ...result.pair, because } }));
  }
}

@QueryHandler(OpenPair)
export class OpenPairHandler implements IQueryHandler<OpenPair> {
  async execute(query: OpenPair): Promise<FoundPair | null> {
    const snapshot = snapshotOf(query);
    const [these, those] = await Promise.all(query.named.map((named) => recordsWithId(snapshot, named)));
    const people = await readPeopleOfRecords(snapshot, [...these!, ...those!]);
    const sides = [these!, those!].map((subjects) => {
      const ends = [...new Set(subjects.map((subject) => people.ends.get(subject) ?? subject))];
      const told = ends.map((subject) => ownedRecord(people, subject, snapshot.authority)).filter(isTold);
      return told.length === 1 ? told[0]! : null;
    });
    const [one, other] = sides;
    if (!one || !other || one.record === other.record) return null;
    return { pair: pairIn(one.record.subject, other.record.subject), sides: [one, other] };
  }
}

/** What a steward sees of a sensitive service without being told which: that an ID of it is this record's would tell. */
const isTold = (side: OwnedRecord | null): side is OwnedRecord => side !== null && side.label !== SENSITIVE;
