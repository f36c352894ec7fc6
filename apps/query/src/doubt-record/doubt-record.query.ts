import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { carefulSources } from '../compare-records/careful-sources.js';
import { AuditedQuery, type Look } from '../audited-query.js';
import { type Snapshot, snapshotOf, type Statement } from '../snapshot.js';
import { identityOf } from '../view-person/identity-of.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import { PersonIdentity } from '../view-person/person-identity.js';
import { reachPerson } from '../view-person/reach-person.js';
import { type Asked, askedFor, type Way } from '../view-person/way.js';
import type { RaisedDoubt } from './doubt-form.js';
import { recordWords, sourceWords } from './record-words.js';

/** A record that is shown as this person's. `words`: "School: Synergy, WILLIAMS, Tommy, born 12 May 2012". `hides`: its facts are held back while it is doubted. */
export const DoubtableRecord = z
  .object({ record: z.guid(), source: z.string(), words: z.string(), hides: z.boolean() })
  .meta({ id: 'DoubtableRecord' });
export type DoubtableRecord = z.output<typeof DoubtableRecord>;

/** A doubt of the reader's own that is open. */
const OwnDoubt = z.object({ doubt: z.uuid(), raisedAt: z.number(), words: z.string() }).meta({ id: 'OwnDoubt' });

/** Which records make up a person, as far as they may be doubted, and what the reader has doubted. No records where there is but one: nothing else is shown with it. */
export const DoubtableRecords = z
  .object({ identity: PersonIdentity, records: z.array(DoubtableRecord), own: z.array(OwnDoubt) })
  .meta({ id: 'DoubtableRecords' });
export type DoubtableRecords = z.output<typeof DoubtableRecords>;

export type Acting = { raising: RaisedDoubt['record']; because: RaisedDoubt['because'] } | { withdrawing: string };

/**
 * Which records may be doubted to be this person's; with `acting`, whether the reader may raise or withdraw this doubt: that they do is on record with the answer.
 * Null: nobody who may be seen, or no such doubt. A record opened past its restriction has none: a doubt would tell stewards of a person who is to look absent.
 */
export class DoubtRecord extends AuditedQuery<DoubtableRecords | MovedPerson | null> implements Asked {
  readonly data = 'basic-details';
  readonly person: string | null;
  readonly child: string | null;
  /** Of the doubt, should it be raised. */
  readonly doubt = randomUUID();
  constructor(
    person: string,
    way: Way = {},
    readonly acting: Acting | null = null,
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: DoubtableRecords | MovedPerson | null): Look[] {
    const read = result === null || hasMoved(result) ? null : result;
    const look = { person: this.person, found: read !== null };
    if (this.acting === null) return [{ ...look, action: 'viewed-person', shown: { page: 'doubt' } }];
    if ('withdrawing' in this.acting)
      return [{ ...look, action: 'withdrew-doubt', ...(read && { shown: { doubt: this.acting.withdrawing } }) }];
    const { raising, because } = this.acting;
    const hides = read?.records.find(({ record }) => record === raising)?.hides;
    return [{ ...look, action: 'raised-doubt', shown: { because, ...(read && { record: raising, hides, doubt: this.doubt }) } }];
  }
}

@QueryHandler(DoubtRecord)
export class DoubtRecordHandler implements IQueryHandler<DoubtRecord> {
  async execute(query: DoubtRecord): Promise<DoubtableRecords | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    const identity = identityOf(person, snapshot.authority, snapshot.now);
    const read = { identity, records: doubtableIn(person, snapshot), own: await ownIn(person, snapshot) };
    return snapshot.overriding === null && allows(query.acting, read) ? read : null;
  }
}

function allows(acting: Acting | null, { records, own }: DoubtableRecords): boolean {
  if (acting === null) return true;
  return 'withdrawing' in acting
    ? own.some(({ doubt }) => doubt === acting.withdrawing)
    : records.some(({ record }) => record === acting.raising);
}

/** Without those that the reader has doubted already. */
function doubtableIn({ records, doubts }: KnownPerson, { authority, now }: Snapshot): DoubtableRecord[] {
  if (records.length < 2) return [];
  const careful = carefulSources(authority);
  return records
    .filter(({ subject }) => !doubts.some((doubt) => doubt.subject === subject && doubt.own && doubt.open))
    .map((record) => ({
      record: record.subject,
      source: record.source,
      words: recordWords(record, authority, now),
      hides: careful.includes(record.source),
    }));
}

/** Also those raised here, or of somebody who is this person now, about a record that has left the person since: they wait, unseen, until it is joined again. */
async function ownIn(person: KnownPerson, snapshot: Snapshot): Promise<DoubtableRecords['own']> {
  const { records, doubted, ownDoubts } = person;
  const labelled = new Map([...records, ...doubted].map((record) => [record.subject, record]));
  const own = ownDoubts.flatMap(({ id, raisedAt, subject }) => {
    const record = labelled.get(subject);
    return record === undefined ? [] : [{ doubt: id, raisedAt, words: sourceWords(record, snapshot.authority) }];
  });
  const raised = await snapshot.rows<{ doubt: string; raisedAt: number }>(RAISED_HERE, [person.person, snapshot.reader.id]);
  const here = new Set(ownDoubts.map(({ id }) => id));
  return [...own, ...raised.filter(({ doubt }) => !here.has(doubt)).map((doubt) => ({ ...doubt, words: LEFT }))];
}

const LEFT = 'A record that is not shown with this person any more';

const RAISED_HERE: Statement = {
  name: 'doubts-raised-here',
  text: `
    WITH RECURSIVE went (doubt, person, step) AS (
      SELECT id, person, 0 FROM decided.doubt WHERE reader = $2 AND settled_at IS NULL
      UNION ALL SELECT went.doubt, r.into_person, step + 1 FROM went JOIN person_redirect r ON r.person = went.person
                WHERE r.into_person IS NOT NULL AND step < 100)
    SELECT id AS doubt, (extract(epoch FROM raised_at) * 1000)::float8 AS "raisedAt" FROM decided.doubt
    WHERE id IN (SELECT doubt FROM went WHERE person = $1) ORDER BY raised_at, id`,
};
