import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { searchTermsOf } from '#lib/matching';
import { AuditedQuery, type Look } from '../audited-query.js';
import { caseIdTyped } from '../case-id-typed.js';
import type { Purpose } from '../policy/purpose.js';
import { snapshotOf, type Statement } from '../snapshot.js';
import { readPeople } from '../view-person/read-people.js';

/** Which restricted person has this case ID? Null: none, or more than one. */
export class FindRestricted extends AuditedQuery<{ person: string } | null> {
  readonly data = 'restricted-records';
  readonly person = undefined;
  constructor(
    readonly caseId: string,
    readonly purpose: Purpose,
  ) {
    super();
  }

  looks(result: { person: string } | null): Look[] {
    const { caseId, purpose } = this;
    return [{ action: 'overridden', person: result?.person ?? null, found: result !== null, terms: { caseId }, purpose }];
  }
}

@QueryHandler(FindRestricted)
export class FindRestrictedHandler implements IQueryHandler<FindRestricted> {
  async execute(query: FindRestricted): Promise<{ person: string } | null> {
    const snapshot = snapshotOf(query);
    const keys = searchTermsOf({ caseId: caseIdTyped(query.caseId, snapshot.authority) }).all.flat();
    const rows = await snapshot.rows<{ person: string }>(OF_CASE_ID, [keys, snapshot.authority.caseManagementSystem]);
    const { byId } = await readPeople(
      snapshot,
      rows.map(({ person }) => person),
    );
    const restricted = [...byId.values()].filter((person) => person.restricted && person.records.length > 0);
    const [found] = restricted;
    if (found === undefined || restricted.length > 1) return null;
    snapshot.madeOf(found.person, found.subjects);
    return { person: found.person };
  }
}

const OF_CASE_ID: Statement = {
  name: 'restricted-of-case-id',
  text: `
    SELECT DISTINCT rp.person FROM record r JOIN record_person rp ON rp.subject = r.subject
    WHERE r.search_keys && $1::text[] AND r.source = $2`,
};
