import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { type Snapshot, type Statement, snapshotOf } from '../snapshot.js';
import { readPeople } from '../view-person/read-people.js';
import { type NamedRecord, recordsWithId } from '../view-person/records-with-id.js';
import { ownersOf } from './owners-of.js';

/** By what entries about one person are found: every id they are or were known by, and all their records. Empty: nobody. */
export interface PersonOnRecord {
  persons: string[];
  subjects: string[];
}

/**
 * Which ids and records are this person's? Says nothing else of them, so whoever may read the audit may ask it of restricted people as well:
 * looks at them matter most.
 */
export class FindPerson extends AuditedQuery<PersonOnRecord> {
  readonly data = 'audit';
  readonly person = undefined;
  /** @param by `recordId`: the ID a source knows somebody by; `any`: an id that somebody has or had, or the token of one of their records, as it stands in a steward's ruling */
  constructor(readonly by: NamedRecord | { person: string } | { any: string }) {
    super();
  }

  /** Does not tell whether there was anybody: a manager reads of their own readings, and must not learn there which IDs are in the index. */
  looks(): Look[] {
    const terms = 'recordId' in this.by ? { recordId: this.by.recordId, source: this.by.source } : undefined;
    return [{ action: 'read-audit', person: null, found: true, shown: { page: 'audit/find-person' }, terms }];
  }
}

@QueryHandler(FindPerson)
export class FindPersonHandler implements IQueryHandler<FindPerson> {
  async execute(query: FindPerson): Promise<PersonOnRecord> {
    const snapshot = snapshotOf(query);
    const owners = await personsOf(snapshot, query.by);
    if (owners.length === 0) return { persons: [], subjects: [] };
    const former = await snapshot.rows<{ person: string }>(FORMER, [owners]);
    const known = await readPeople(snapshot, owners);
    const moved = [...known.movedTo].filter(([, to]) => owners.includes(to)).map(([from]) => from);
    const gone = await snapshot.rows<{ subject: string }>(GONE, [owners]);
    return {
      persons: [...new Set([...owners, ...former.map(({ person }) => person), ...moved])],
      subjects: [
        ...owners.flatMap((owner) => [...(known.byId.get(owner)?.subjects ?? []), ...(known.byId.get(owner)?.removed ?? [])]),
        ...gone.map(({ subject }) => subject),
      ],
    };
  }
}

async function personsOf(snapshot: Snapshot, by: FindPerson['by']): Promise<string[]> {
  if ('recordId' in by) return withRecordId(snapshot, by);
  if ('person' in by) return [by.person];
  return (await snapshot.rows<{ person: string }>(NOW, [by.any])).map(({ person }) => person);
}

async function withRecordId(snapshot: Snapshot, named: NamedRecord): Promise<string[]> {
  const owners = await ownersOf(snapshot, await recordsWithId(snapshot, named));
  return [...new Set(owners.values())];
}

/** Records of theirs of which nothing else is left: erased, and the read model built anew since. */
const GONE: Statement = {
  name: 'records-gone-of-people',
  text: `
    SELECT subject FROM record_person rp
    WHERE person = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM record r WHERE r.subject = rp.subject)`,
};
/** Whose it is now: of an id that nobody has, the person it leads to. */
const NOW: Statement = {
  name: 'person-now',
  text: `
    WITH RECURSIVE went (person, step) AS (
      SELECT coalesce((SELECT person FROM record_person WHERE subject = $1), $1), 0
      UNION ALL SELECT r.into_person, step + 1 FROM went JOIN person_redirect r ON r.person = went.person
                WHERE step < 100 AND NOT EXISTS (SELECT FROM record_person rp WHERE rp.person = went.person))
    SELECT person FROM went WHERE person IS NOT NULL ORDER BY step DESC LIMIT 1`,
};
/** Ids that were given up for these. One that was taken up again, after a split, is another person's. */
const FORMER: Statement = {
  name: 'former-ids-of-people',
  text: `
    WITH RECURSIVE former (person) AS (
      SELECT unnest($1::uuid[])
      UNION SELECT r.person FROM former JOIN person_redirect r ON r.into_person = former.person
            WHERE NOT EXISTS (SELECT FROM record_person rp WHERE rp.person = r.person))
    SELECT person FROM former`,
};
