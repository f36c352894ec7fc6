import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { caseManagementOf } from '../authority.js';
import { snapshotOf } from '../snapshot.js';
import { MovedPerson, hasMoved } from './moved-person.js';
import { readFacts } from './read-facts.js';
import { reachPerson } from './reach-person.js';
import { Relative } from './relative.js';
import { relationshipLooks, relativesOf } from './relatives-of.js';
import { type Asked, askedFor, isHop, type Way } from './way.js';

export const Relationships = z
  .object({ person: z.guid(), related: z.array(Relative), caseManagementSystem: z.string() })
  .meta({ id: 'Relationships' });
export type Relationships = z.output<typeof Relationships>;

/** Who is linked to this person in the case management system? Null: nobody of that id may be seen. */
export class ViewRelationships extends AuditedQuery<Relationships | MovedPerson | null> implements Asked {
  readonly data = 'relationships';
  readonly person: string | null;
  readonly child: string | null;
  constructor(person: string, way: Way = {}) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: Relationships | MovedPerson | null): Look[] {
    return relationshipLooks(this.person, result === null || hasMoved(result) ? [] : result.related);
  }
}

@QueryHandler(ViewRelationships)
export class ViewRelationshipsHandler implements IQueryHandler<ViewRelationships> {
  async execute(query: ViewRelationships): Promise<Relationships | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    if (isHop(query)) return null;
    const related = await relativesOf(snapshot, person, readFacts(snapshot, person));
    return { person: person.person, related, caseManagementSystem: caseManagementOf(snapshot.authority).name };
  }
}
