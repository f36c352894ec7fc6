import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { MovedPerson, hasMoved } from './moved-person.js';
import { PersonIdentity } from './person-identity.js';
import { Relative } from './relative.js';
import { ServicePanel } from './service-panel.js';

/** A person's page: identity, closed panels and the individuals linked to them. */
export const PersonPage = z
  .object({
    identity: PersonIdentity,
    /** Involved now, involved before, records held, nothing found, not checked; in each the authority's order. */
    panels: z.array(ServicePanel),
    related: z.array(Relative),
    /** "Mosaic" */
    caseManagementSystem: z.string(),
    /** "Some information about this person from Mosaic has not come through: ring …"; null: nothing is held back. */
    heldBackWords: z.string().nullable(),
  })
  .meta({ id: 'PersonPage' });
export type PersonPage = z.output<typeof PersonPage>;

/** Who is this person, which services are involved, who is linked to them? Null: nobody of that id may be seen. */
export class ViewPerson extends AuditedQuery<PersonPage | MovedPerson | null> {
  readonly right = 'read-families';
  constructor(readonly person: string) {
    super();
  }

  looks(result: PersonPage | MovedPerson | null): Look[] {
    if (result === null || hasMoved(result)) return [{ action: 'viewed-person', person: this.person }];
    const states = Object.fromEntries(result.panels.map(({ service, state }) => [service, state.kind]));
    return [
      { action: 'viewed-person', person: this.person, shown: { states } },
      { action: 'viewed-relationships', person: this.person, shown: { related: result.related.map(({ person }) => person) } },
    ];
  }
}
