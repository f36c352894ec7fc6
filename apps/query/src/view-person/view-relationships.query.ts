import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { caseManagementOf } from '../authority.js';
import { snapshotOf } from '../snapshot.js';
import { MovedPerson, hasMoved } from './moved-person.js';
import { readFacts } from './read-facts.js';
import { personIdIn } from './person-id.js';
import { readPerson } from './read-person.js';
import { Relative } from './relative.js';
import { relationshipLooks, relativesOf } from './relatives-of.js';

export const Relationships = z
  .object({ person: z.uuid(), related: z.array(Relative), caseManagementSystem: z.string() })
  .meta({ id: 'Relationships' });
export type Relationships = z.output<typeof Relationships>;

/** Who is linked to this person in the case management system? Null: nobody of that id may be seen. */
export class ViewRelationships extends AuditedQuery<Relationships | MovedPerson | null> {
  readonly data = 'relationships';
  /** Null: what was asked for is nobody's id. */
  readonly person: string | null;
  constructor(person: string) {
    super();
    this.person = personIdIn(person);
  }

  looks(result: Relationships | MovedPerson | null): Look[] {
    return relationshipLooks(this.person, result === null || hasMoved(result) ? [] : result.related);
  }
}

@QueryHandler(ViewRelationships)
export class ViewRelationshipsHandler implements IQueryHandler<ViewRelationships> {
  async execute(query: ViewRelationships): Promise<Relationships | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = await readPerson(snapshot, query.person);
    if (person === null || hasMoved(person)) return person;
    const { links } = await readFacts(snapshot, person);
    const related = await relativesOf(snapshot, person, links);
    return { person: person.person, related, caseManagementSystem: caseManagementOf(snapshot.authority).name };
  }
}
