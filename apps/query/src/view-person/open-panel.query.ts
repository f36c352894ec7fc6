import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { SERVICES } from '#lib/events';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { identityOf } from './identity-of.js';
import { InvolvementShown } from './involvement-shown.js';
import { involvementShown } from './show-involvement.js';
import { MovedPerson, hasMoved } from './moved-person.js';
import { PersonIdentity } from './person-identity.js';
import { panelOf } from './panels-of.js';
import { readFacts } from './read-facts.js';
import { readInvolvements } from './read-involvements.js';
import { readPossibleMatches } from './possible-matches.js';
import { reachPerson } from './reach-person.js';
import { ServicePanel } from './service-panel.js';
import { type Asked, askedFor, type Way } from './way.js';

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
export class OpenPanel extends AuditedQuery<OpenedPanel | MovedPerson | null> implements Asked {
  readonly data = 'panel';
  readonly person: string | null;
  readonly child: string | null;
  constructor(
    person: string,
    readonly service: string,
    way: Way = {},
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: OpenedPanel | MovedPerson | null): Look[] {
    const opened = result === null || hasMoved(result) ? null : result;
    // What stands in an address is kept only where it is a service's code.
    const shown = {
      service: this.service in SERVICES ? this.service : null,
      state: opened?.panel.state.kind ?? null,
      involvements: opened?.involvements.length ?? 0,
    };
    return [{ action: 'opened-panel', person: this.person, found: (opened?.involvements.length ?? 0) > 0, shown }];
  }
}

@QueryHandler(OpenPanel)
export class OpenPanelHandler implements IQueryHandler<OpenPanel> {
  async execute(query: OpenPanel): Promise<OpenedPanel | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const rule = snapshot.authority.services.find(({ service, display }) => service === query.service && display !== 'hidden');
    const person = rule === undefined ? null : await reachPerson(snapshot, query);
    if (rule === undefined || person === null || hasMoved(person)) return person as MovedPerson | null;
    const identity = identityOf(person, snapshot.authority, snapshot.now);
    const [facts, possibleMatches, stored] = await Promise.all([
      readFacts(snapshot, person),
      readPossibleMatches(snapshot, person, identity),
      readInvolvements(snapshot, person.subjects, rule.service),
    ]);
    const panel = panelOf(rule, snapshot, person, identity, { ...facts, possibleMatches });
    const involvements = panel.canOpen ? stored : [];
    return { identity, panel, involvements: involvements.map((involvement) => involvementShown(involvement, rule, snapshot)) };
  }
}
