import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { SERVICES } from '#lib/events';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { KeptProblems } from '../report-problem/kept-problems.js';
import { ProblemShown } from '../report-problem/problem-shown.js';
import { readProblemsOfPanel } from '../report-problem/read-problems.js';
import { snapshotOf } from '../snapshot.js';
import { InvolvementListed } from './involvement-shown.js';
import { involvementsShown } from './show-involvement.js';
import { MovedPerson, hasMoved } from './moved-person.js';
import { PersonIdentity } from './person-identity.js';
import { readPanel } from './read-panel.js';
import { ServicePanel } from './service-panel.js';
import { type Asked, askedFor, type Way } from './way.js';

/** One service's panel, opened. */
export const OpenedPanel = z
  .object({
    identity: PersonIdentity,
    panel: ServicePanel,
    /** Open ones first, where the service says which are, then newest first. Empty when there is nothing, or a display rule hides it (`panel.state` says which). */
    involvements: z.array(InvolvementListed),
    /** What readers have reported to be wrong with it, or missing, and what those say who were asked. Newest first. */
    problems: z.array(ProblemShown),
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
    /** For the form to report a problem with it, which shows no involvement. */
    private readonly toReport = false,
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: OpenedPanel | MovedPerson | null): Look[] {
    const opened = result === null || hasMoved(result) ? null : result;
    // What stands in an address is kept only where it is a service's code.
    const involvements = opened?.involvements.length ?? 0;
    const shown = {
      service: this.service in SERVICES ? this.service : null,
      state: opened?.panel.state.kind ?? null,
      ...(this.toReport ? { page: 'problem' } : { involvements }),
    };
    return [{ action: 'opened-panel', person: this.person, found: involvements > 0, named: opened !== null, shown }];
  }
}

@QueryHandler(OpenPanel)
export class OpenPanelHandler implements IQueryHandler<OpenPanel> {
  constructor(private readonly problems: KeptProblems) {}

  async execute(query: OpenPanel): Promise<OpenedPanel | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const read = await readPanel(snapshot, query);
    if (read === null || hasMoved(read)) return read;
    const { rule, identity, panel, involvements } = read;
    const problems = (await readProblemsOfPanel(snapshot, this.problems, read)).map((one) => one.shown);
    const shown = involvementsShown(involvements, rule, snapshot);
    return { identity, panel, involvements: shown.map((one, at) => ({ id: this.problems.nameOf(involvements[at]!), ...one })), problems };
  }
}
