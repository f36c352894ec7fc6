import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { searchTermsOf } from '#lib/matching';
import { AuditedQuery, type Look } from '../audited-query.js';
import { type Snapshot, type Statement, snapshotOf } from '../snapshot.js';
import { readPeople, readPeopleOfRecords } from '../view-person/read-people.js';

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
  constructor(readonly by: { caseId: string } | { person: string }) {
    super();
  }

  /** Does not tell whether there was anybody: a manager reads of their own readings, and must not learn there which IDs are in the index. */
  looks(): Look[] {
    const terms = 'caseId' in this.by ? { caseId: this.by.caseId } : undefined;
    return [{ action: 'read-audit', person: null, found: true, shown: { page: 'audit/find-person' }, terms }];
  }
}

@QueryHandler(FindPerson)
export class FindPersonHandler implements IQueryHandler<FindPerson> {
  async execute(query: FindPerson): Promise<PersonOnRecord> {
    const snapshot = snapshotOf(query);
    const owners = 'caseId' in query.by ? await withCaseId(snapshot, query.by.caseId) : [query.by.person];
    if (owners.length === 0) return { persons: [], subjects: [] };
    const former = await snapshot.rows<{ person: string }>(FORMER, [owners]);
    const known = await readPeople(snapshot, owners);
    const moved = [...known.movedTo].filter(([, to]) => owners.includes(to)).map(([from]) => from);
    return {
      persons: [...new Set([...owners, ...former.map(({ person }) => person), ...moved])],
      subjects: owners.flatMap((owner) => [...(known.byId.get(owner)?.subjects ?? []), ...(known.byId.get(owner)?.removed ?? [])]),
    };
  }
}

/** A case ID is an id of the case management system; one that was given anew there is two people's. */
async function withCaseId(snapshot: Snapshot, caseId: string): Promise<string[]> {
  const keys = searchTermsOf({ caseId }).all.flat();
  const rows = await snapshot.rows<{ subject: string }>(WITH_CASE_ID, [keys, snapshot.authority.caseManagementSystem]);
  const subjects = rows.map(({ subject }) => subject);
  const { personOf } = await readPeopleOfRecords(snapshot, subjects);
  const owners = await snapshot.rows<{ subject: string; person: string }>(OWNERS, [subjects]);
  const ownerOf = new Map(owners.map(({ subject, person }) => [subject, person]));
  return [...new Set(subjects.map((subject) => personOf(subject) ?? ownerOf.get(subject)).filter((person) => person !== undefined))];
}

const WITH_CASE_ID: Statement = {
  name: 'records-with-case-id',
  text: 'SELECT subject FROM record WHERE search_keys && $1::text[] AND source = $2',
};
const OWNERS: Statement = { name: 'owners-of-records', text: 'SELECT subject, person FROM record_person WHERE subject = ANY ($1::uuid[])' };
/** Ids that were given up for these. */
const FORMER: Statement = {
  name: 'former-ids-of-people',
  text: `
    WITH RECURSIVE former (person) AS (
      SELECT unnest($1::uuid[])
      UNION SELECT r.person FROM former JOIN person_redirect r ON r.into_person = former.person)
    SELECT person FROM former`,
};
