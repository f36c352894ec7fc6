import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import type { MatchModel } from '#lib/matching';
import { AuditedQuery, type Look } from '../audited-query.js';
import { closestPair } from '../compare-records/closest-pair.js';
import { listedInFull } from '../search-people/listed-apart.js';
import { listedPerson } from '../search-people/listed-person.js';
import { type Snapshot, snapshotOf, type Statement } from '../snapshot.js';
import { identityOf } from '../view-person/identity-of.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import { personIdIn } from '../view-person/person-id.js';
import { PersonIdentity } from '../view-person/person-identity.js';
import { PossibleDuplicate } from '../view-person/possible-duplicates-of.js';
import { reachPerson } from '../view-person/reach-person.js';
import { readPerson } from '../view-person/read-person.js';
import { type Asked, askedFor, type Way } from '../view-person/way.js';
import type { RaisedClaim } from './claim-form.js';

/** A claim of the reader's own and what became of it: `open`, or how data stewards have settled it. Times: milliseconds since 1970. */
const OwnClaim = z
  .object({ claim: z.uuid(), raisedAt: z.number(), state: z.enum(['open', 'same', 'different']), settledAt: z.number().nullable() })
  .meta({ id: 'OwnClaim' });

/** Two people, and what the reader has said of their being one. `isOne`: they are shown as one person by now. `records`: those two that stewards would be asked about. */
export const ClaimedPeople = z
  .object({ identity: PersonIdentity, other: PossibleDuplicate, isOne: z.boolean(), records: z.array(z.guid()), own: z.array(OwnClaim) })
  .meta({ id: 'ClaimedPeople' });
export type ClaimedPeople = z.output<typeof ClaimedPeople>;

export type Acting = { raising: RaisedClaim['because'] } | 'withdrawing';

/**
 * What has the reader said of these two being one person; with `acting`, may they say so, or withdraw it: that they do is on record for both, with the answer. Null: one
 * of them is nobody who may be seen, or there is nothing to say so of. Whoever came past a restriction says nothing: to stewards that person is absent.
 */
export class ClaimSame extends AuditedQuery<ClaimedPeople | MovedPerson | null> implements Asked {
  readonly data = 'basic-details';
  readonly person: string | null;
  readonly child: string | null;
  readonly other: string | null;
  /** Of the claim, should it be raised. */
  readonly claim = randomUUID();
  /** @param model by which it is told which of their records are most alike: asked for before, as whoever knows it may be away */
  constructor(
    person: string,
    other: string,
    readonly model: MatchModel,
    way: Way = {},
    readonly acting: Acting | null = null,
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
    this.other = personIdIn(other);
  }

  looks(result: ClaimedPeople | MovedPerson | null): Look[] {
    const { acting, person } = this;
    const read = result === null || hasMoved(result) ? null : result;
    const action = acting === null ? 'viewed-person' : acting === 'withdrawing' ? 'withdrew-claim' : 'claimed-same';
    const asked = acting === null ? { page: 'same' } : acting === 'withdrawing' ? {} : { because: acting.raising };
    if (read === null) return [{ action, person, found: false, shown: asked }];
    const shown = { ...asked, ...this.did(read) };
    if (acting === null)
      return [{ action, person, found: true, shown }, { action: 'shown-in-results', person: read.other.person, found: true, shown: { ...shown, of: person } }]; // prettier-ignore
    return [...new Set([person, read.other.person])].map((whose) => ({ action, person: whose, found: true, shown }));
  }

  private did({ records, own }: ClaimedPeople): object {
    if (this.acting === null) return {};
    if (this.acting === 'withdrawing') return { claims: openOf(own) };
    const [one, other] = records.toSorted();
    return { claim: this.claim, one, other };
  }
}

/** Ids of those that wait for stewards. */
export const openOf = (own: ClaimedPeople['own']): string[] => own.filter(({ state }) => state === 'open').map(({ claim }) => claim);

@QueryHandler(ClaimSame)
export class ClaimSameHandler implements IQueryHandler<ClaimSame> {
  async execute(query: ClaimSame): Promise<ClaimedPeople | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const { authority, now } = snapshot;
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    const other = await readOther(snapshot, query.other);
    const anybody = query.child === null && authority.journeys.includes('search-any');
    if (other === null || !anybody || snapshot.overriding !== null) return null;
    const isOne = other.person === person.person;
    const read = {
      identity: identityOf(person, authority, now),
      other: { person: other.person, words: listedInFull(listedPerson(other, snapshot)) },
      isOne,
      records: isOne ? [] : (closestPair(person, other, { model: query.model, authority })?.subjects ?? []),
      own: await ownBetween(snapshot, person, other),
    };
    return allows(query.acting, read) ? read : null;
  }
}

/** Whoever has that id, or whom it now leads to; not whom the reader knows: of those nothing is told. */
async function readOther(snapshot: Snapshot, id: string | null): Promise<KnownPerson | null> {
  const found = await readPerson(snapshot, id);
  const there = found !== null && hasMoved(found) ? await readPerson(snapshot, found.movedTo) : found;
  return there === null || hasMoved(there) || there.knownToReader ? null : there;
}

function allows(acting: Acting | null, { isOne, own }: ClaimedPeople): boolean {
  if (acting === null) return true;
  const isOpen = openOf(own).length > 0;
  return acting === 'withdrawing' ? isOpen : !isOpen && !isOne;
}

type StoredClaim = ClaimedPeople['own'][number] & { one: string; two: string };

async function ownBetween(snapshot: Snapshot, person: KnownPerson, other: KnownPerson): Promise<ClaimedPeople['own']> {
  const [these, those] = [person, other].map(({ subjects, withheld }) => [...subjects, ...withheld]) as [string[], string[]];
  const claims = await snapshot.rows<StoredClaim>(OWN, [snapshot.reader.id, [...these, ...those]]);
  const isBetween = ({ one, two }: StoredClaim) =>
    (these.includes(one) && those.includes(two)) || (these.includes(two) && those.includes(one));
  return claims.filter(isBetween).map(({ claim, raisedAt, state, settledAt }) => ({ claim, raisedAt, state, settledAt }));
}

const OWN: Statement = {
  name: 'own-claims',
  text: `
    SELECT id AS claim, one, other AS two, coalesce(settled_as, 'open') AS state, (extract(epoch FROM raised_at) * 1000)::float8 AS "raisedAt",
           (extract(epoch FROM settled_at) * 1000)::float8 AS "settledAt"
    FROM decided.claim WHERE reader = $1 AND one = ANY ($2::uuid[]) AND other = ANY ($2::uuid[]) AND settled_as IS DISTINCT FROM 'withdrawn'
    ORDER BY raised_at DESC, id`,
};
