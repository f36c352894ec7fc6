import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { InvolvementShown } from './involvement-shown.js';
import { MovedPerson, hasMoved } from './moved-person.js';
import { PersonIdentity } from './person-identity.js';
import { ServicePanel } from './service-panel.js';

/** One service's panel, opened. */
export const OpenedPanel = z
  .object({
    identity: PersonIdentity,
    panel: ServicePanel,
    /** Open ones first, then newest first. Empty when there is nothing, or a display rule hides it (`panel.state` says which). */
    involvements: z.array(InvolvementShown),
  })
  .meta({ id: 'OpenedPanel' });
export type OpenedPanel = z.output<typeof OpenedPanel>;

/** What does this service say of this person, and whom to ring? Null: nobody of that id, or no such service, may be seen. */
export class OpenPanel extends AuditedQuery<OpenedPanel | MovedPerson | null> {
  readonly right = 'read-families';
  constructor(
    readonly person: string,
    readonly service: string,
  ) {
    super();
  }

  looks(result: OpenedPanel | MovedPerson | null): Look[] {
    const opened = result === null || hasMoved(result) ? null : result;
    const shown = { service: this.service, state: opened?.panel.state.kind ?? null, involvements: opened?.involvements.length ?? 0 };
    return [{ action: 'opened-panel', person: this.person, shown }];
  }
}
