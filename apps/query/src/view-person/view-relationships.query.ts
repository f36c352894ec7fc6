import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { MovedPerson, hasMoved } from './moved-person.js';
import { Relative } from './relative.js';

export const Relationships = z
  .object({ person: z.uuid(), related: z.array(Relative), caseManagementSystem: z.string() })
  .meta({ id: 'Relationships' });
export type Relationships = z.output<typeof Relationships>;

/** Who is linked to this person in the case management system? Null: nobody of that id may be seen. */
export class ViewRelationships extends AuditedQuery<Relationships | MovedPerson | null> {
  readonly right = 'read-families';
  constructor(readonly person: string) {
    super();
  }

  looks(result: Relationships | MovedPerson | null): Look[] {
    const related = result === null || hasMoved(result) ? [] : result.related.map(({ person }) => person);
    return [{ action: 'viewed-relationships', person: this.person, shown: { related } }];
  }
}
