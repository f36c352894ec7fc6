import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { type Statement, snapshotOf } from '../snapshot.js';
import { ownersOf } from './owners-of.js';

/** Whose records are now. */
export interface Owners {
  /** By subject token; a record that is nobody's now is not among them. */
  ownerOf: Map<string, string>;
  /** Of whom a record was kept apart from one of these by hand, and by which decision. */
  keptApart: { person: string; decision: number }[];
}

/** Whose are these records now, and from whom has somebody kept one of `of` apart by hand? Says nothing else of them. */
export class FindOwners extends AuditedQuery<Owners> {
  readonly data = 'audit';
  readonly person = undefined;
  constructor(
    readonly of: readonly string[],
    readonly others: readonly string[],
  ) {
    super();
  }

  looks(): Look[] {
    return [{ action: 'read-audit', person: null, found: true, shown: { page: 'audit/find-owners' } }];
  }
}

@QueryHandler(FindOwners)
export class FindOwnersHandler implements IQueryHandler<FindOwners> {
  async execute(query: FindOwners): Promise<Owners> {
    const snapshot = snapshotOf(query);
    const apart = await snapshot.rows<{ subject: string; decision: number }>(APART, [query.of]);
    const ownerOf = await ownersOf(snapshot, [...new Set([...query.others, ...apart.map(({ subject }) => subject)])]);
    const keptApart = new Map(apart.map(({ subject, decision }) => [ownerOf.get(subject), decision]));
    return { ownerOf, keptApart: [...keptApart].flatMap(([person, decision]) => (person === undefined ? [] : [{ person, decision }])) };
  }
}

const APART: Statement = {
  name: 'records-kept-apart',
  text: `
    SELECT other_subject AS subject, max(ruling_position)::float8 AS decision FROM kept_apart
    WHERE subject = ANY ($1::uuid[]) AND apart GROUP BY other_subject ORDER BY decision`,
};
