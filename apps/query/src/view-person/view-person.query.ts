import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { caseManagementOf } from '../authority.js';
import { KeptProblems } from '../report-problem/kept-problems.js';
import { ProblemShown } from '../report-problem/problem-shown.js';
import { readProblemsOfPage } from '../report-problem/read-problems.js';
import { snapshotOf } from '../snapshot.js';
import { heldBackWordsOf } from './held-back.js';
import { identityOf } from './identity-of.js';
import { MovedPerson, hasMoved } from './moved-person.js';
import { panelsOf } from './panels-of.js';
import { PersonIdentity } from './person-identity.js';
import { readFacts } from './read-facts.js';
import { duplicateLooks, PossibleDuplicate, possibleDuplicatesOf } from './possible-duplicates-of.js';
import { readPossibleMatches } from './possible-matches.js';
import { printLooks } from './print-looks.js';
import { reachPerson } from './reach-person.js';
import { ReachedFrom, Relative } from './relative.js';
import { reachedFrom, reachedLook, relationshipLooks, relativesOf } from './relatives-of.js';
import { ServicePanel } from './service-panel.js';
import { splitLooks, wasSplitOf, WasSplit } from './split-person.js';
import { type Asked, askedFor, isHop, type Way } from './way.js';

/** A person's page: identity, closed panels and the individuals linked to them. */
export const PersonPage = z
  .object({
    identity: PersonIdentity,
    /** What readers have reported to be wrong with a name, a date of birth or an address, and what its sources say. Newest first. */
    problems: z.array(ProblemShown),
    /** Involved now, involved before, records held, nothing found, not checked; in each the authority's order. */
    panels: z.array(ServicePanel),
    /** What readers say is missing where a panel shows nothing, unless a rule leaves its service out, and what the data analysts say, by `service`. */
    missing: z.array(ProblemShown),
    related: z.array(Relative),
    /** "Mosaic" */
    caseManagementSystem: z.string(),
    /** Child first: what they are to the child the reader came from; null for the child themself, and in the other journey. */
    reachedFrom: ReachedFrom.nullable(),
    /** Others who may be the same person: among whoever may be searched for, and so not child first. */
    possibleDuplicateOf: z.array(PossibleDuplicate),
    /** Records that were here are somebody else's now; null: none that may be shown, or not for a year. */
    wasSplit: WasSplit.nullable(),
    /** "Some information about this person from Mosaic has been held back since 21 Nov 2026 at 14:05 and has not come through. Ring …"; null: nothing is held back. */
    heldBackWords: z.string().nullable(),
  })
  .meta({ id: 'PersonPage' });
export type PersonPage = z.output<typeof PersonPage>;

/** Who is this person, which services are involved, who is linked to them? Null: nobody of that id may be seen. */
export class ViewPerson extends AuditedQuery<PersonPage | MovedPerson | null> implements Asked {
  readonly data = 'basic-details';
  readonly person: string | null;
  readonly child: string | null;
  constructor(
    person: string,
    private readonly way: Way = {},
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: PersonPage | MovedPerson | null): Look[] {
    if (result === null) return [{ action: 'viewed-person', person: this.person, found: false }];
    if (hasMoved(result)) return [{ action: 'viewed-person', person: this.person, found: false, shown: { ...result } }];
    const states = Object.fromEntries(result.panels.map(({ service, state }) => [service, state.kind]));
    return [
      { action: 'viewed-person', person: this.person, found: true, shown: { states } },
      ...(result.reachedFrom ? [reachedLook(this.person, result.reachedFrom)] : relationshipLooks(this.person, result.related)),
      ...duplicateLooks(this.person, result.possibleDuplicateOf, { page: 'person' }),
      ...(result.wasSplit ? splitLooks(this.person, result.wasSplit) : []),
      ...printLooks(this.way, this.person, 'person'),
    ];
  }
}

@QueryHandler(ViewPerson)
export class ViewPersonHandler implements IQueryHandler<ViewPerson> {
  constructor(private readonly problems: KeptProblems) {}

  async execute(query: ViewPerson): Promise<PersonPage | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    const identity = identityOf(person, snapshot.authority, snapshot.now);
    const reading = readFacts(snapshot, person);
    const [facts, possibleMatches, relatives, reported] = await Promise.all([
      reading,
      readPossibleMatches(snapshot, person),
      relativesOf(snapshot, person, reading),
      readProblemsOfPage(snapshot, this.problems, person),
    ]);
    const anybody = query.child === null && snapshot.authority.journeys.includes('search-any');
    const known = { ...facts, possibleMatches };
    const panels = panelsOf(snapshot, person, identity, known);
    return {
      identity,
      problems: reported.problems,
      panels,
      missing: reported.missingOf(panels),
      related: isHop(query) ? [] : relatives,
      reachedFrom: isHop(query) ? reachedFrom(relatives, query.child) : null,
      caseManagementSystem: caseManagementOf(snapshot.authority).name,
      possibleDuplicateOf: await possibleDuplicatesOf(snapshot, person, anybody ? possibleMatches.persons : []),
      wasSplit: await wasSplitOf(snapshot, person, anybody),
      heldBackWords: heldBackWordsOf(person, facts, panels, snapshot),
    };
  }
}
