import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { type Statement, snapshotOf } from '../snapshot.js';
import { ownersOf } from './owners-of.js';

/** Whose records are now. */
export interface Owners {
  /** By subject token; a record that is nobody's now is not among them. */
  ownerOf: Map<string, string>;
  /** Of whom records were kept apart from one of these by hand, which, and by which decision at last. */
  keptApart: { person: string; subjects: string[]; decision: number }[];
  /** What put each record, these as well, with its person; a record that is nobody's now is not among them. */
  assigned: Map<string, Assigned>;
}

/** Why a record is its person's, as the identity log says it, and since when; milliseconds since 1970. */
export interface Assigned {
  reason: string;
  at: number;
}

/** Whose are these records now, and from whom has somebody kept one of `of` apart by hand, and what put the records where they are? Says nothing else of them. */
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
    const rows = await snapshot.rows<Assigned & { subject: string }>(ASSIGNED, [[...query.of, ...query.others]]);
    const keptApart = [...Map.groupBy(apart, ({ subject }) => ownerOf.get(subject))].flatMap(([person, of]) =>
      person === undefined ? [] : [{ person, subjects: of.map(({ subject }) => subject), decision: of.at(-1)!.decision }],
    );
    return { ownerOf, keptApart, assigned: new Map(rows.map(({ subject, reason, at }) => [subject, { reason, at }])) };
  }
}

const ASSIGNED: Statement = {
  name: 'why-records-are-theirs',
  text: `
    SELECT subject, reason, decided_at::float8 AS at FROM record_person JOIN assigned_once USING (person, subject)
    WHERE subject = ANY ($1::uuid[])`,
};

const APART: Statement = {
  name: 'records-kept-apart',
  text: `
    SELECT other_subject AS subject, max(ruling_position)::float8 AS decision FROM kept_apart
    WHERE subject = ANY ($1::uuid[]) AND apart GROUP BY other_subject ORDER BY decision`,
};
