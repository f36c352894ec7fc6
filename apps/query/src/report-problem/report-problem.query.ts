import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { SERVICES } from '#lib/events';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import { readPanel, type ReadPanel } from '../view-person/read-panel.js';
import { type Asked, askedFor, type Way } from '../view-person/way.js';
import { type Concerned, concerning, KeptProblems } from './kept-problems.js';
import type { ForStewards } from './for-stewards.js';
import { goesToAnalystsAlone, hasChanged, type PanelChanged } from './panel-changed.js';
import { MISSING } from './problem-categories.js';
import type { ProblemReport } from './problem-form.js';
import { readProblemsOfPanel } from './read-problems.js';
import { isReportedAlready, type ReportedAlready, reportedAlready } from './reported-already.js';
import { involvementMeant, type WhichIsAsked } from './which-involvement.js';

type Reported = Concerned | ForStewards | PanelChanged | WhichIsAsked | ReportedAlready | MovedPerson | null;

/**
 * Which records and sources does a problem with a panel concern? That it is reported, and by whom, is on record with the answer. Null: there is no such panel to
 * see. Of a panel that shows nothing, whatever the reason, it can only be that an involvement is missing: it concerns the records that may be told of, and no source (decision 0077). Where several records make the person, that one is of somebody else is for stewards (decision 0054). A record opened past its restriction has none either: a problem with it would tell its source, and every list, of a person who is to look absent.
 */
export class ReportProblem extends AuditedQuery<Reported> implements Asked {
  readonly data = 'panel';
  readonly person: string | null;
  readonly child: string | null;
  /** Of the problem, should it be kept. */
  readonly problem = randomUUID();
  readonly about: { service: string };
  constructor(
    person: string,
    readonly service: string,
    readonly report: ProblemReport,
    way: Way = {},
  ) {
    super();
    this.about = { service };
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: Reported): Look[] {
    const { category, named } = this.report;
    const shown = { service: this.service in SERVICES ? this.service : null, category };
    const look = { action: 'reported-problem', person: this.person, found: true } as const;
    if (result !== null && isReportedAlready(result))
      return [{ ...look, shown: { ...shown, problem: result.already.id }, refused: 'reported-before' }];
    if (result === null || !isConcerned(result)) return [{ ...look, found: false, shown }];
    return [{ ...look, shown: { ...shown, problem: this.problem, sources: result.sources, named } }];
  }
}

const isConcerned = (result: NonNullable<Reported>): result is Concerned => 'subjects' in result;

@QueryHandler(ReportProblem)
export class ReportProblemHandler implements IQueryHandler<ReportProblem> {
  constructor(private readonly kept: KeptProblems) {}

  async execute(query: ReportProblem): Promise<Reported> {
    const snapshot = snapshotOf(query);
    const read = await readPanel(snapshot, query);
    if (read === null || hasMoved(read)) return read;
    if (snapshot.overriding !== null) return null;
    const concerned = this.concerned(read, query.report);
    if (concerned === null || !isConcerned(concerned)) return concerned;
    const problems = await readProblemsOfPanel(snapshot, this.kept, read);
    return reportedAlready(problems, snapshot.reader, query.report.category, concerned, this.kept) ?? concerned;
  }

  private concerned({ panel, person, involvements }: ReadPanel, report: ProblemReport): Exclude<Reported, ReportedAlready | MovedPerson> {
    const { category, analystsAlone, involvement } = report;
    if (hasChanged(analystsAlone, panel)) return { panelChanged: true };
    if (goesToAnalystsAlone(panel)) {
      if (involvement !== undefined) return { panelChanged: true };
      return category === MISSING ? { subjects: concerning(person.records).subjects, sources: [] } : null;
    }
    if (category === 'wrong-person' && person.records.length > 1) return { forStewards: true };
    const meant = involvementMeant(involvements, report, this.kept);
    if (meant === null) return concerning(involvements);
    return 'involvementId' in meant ? { ...concerning([meant]), involvement: meant.involvementId } : meant;
  }
}
