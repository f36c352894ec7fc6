import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { SERVICES } from '#lib/events';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import { readPanel } from '../view-person/read-panel.js';
import { isRuledOut } from '../view-person/service-panel.js';
import { type Asked, askedFor, type Way } from '../view-person/way.js';
import { type Concerned, concerning } from './kept-problems.js';
import { type ForStewards, forStewards, isForStewards } from './for-stewards.js';
import { goesToAnalystsAlone, hasChanged, isPanelChanged, type PanelChanged } from './panel-changed.js';
import { MISSING } from './problem-categories.js';
import type { ProblemReport } from './problem-form.js';
import { isRefusedByRule, refusedByRule, type RuledOut } from './ruled-out.js';

type Reported = Concerned | ForStewards | PanelChanged | RuledOut | MovedPerson | null;

/**
 * Which records and sources does a problem with a panel concern? That it is reported, and by whom, is on record with the answer. Null: there is no such panel to
 * see. Where a rule leaves the service out, nothing is reported, of whatever kind. Of any other panel that shows nothing, it can only be that an involvement is missing: it concerns the records that may be told of, and no source (decision 0077). Where several records make the person, that one is of somebody else is for stewards (decision 0054). A record opened past its restriction has none either: a problem with it would tell its source, and every list, of a person who is to look absent.
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
    const refused = result === null || hasMoved(result) || isForStewards(result) || isPanelChanged(result) || isRefusedByRule(result);
    const concerned = refused ? null : result;
    const { category, named } = this.report;
    const kept = concerned && { problem: this.problem, sources: concerned.sources, named };
    const shown = { service: this.service in SERVICES ? this.service : null, category, ...kept };
    return [{ action: 'reported-problem', person: this.person, found: concerned !== null, shown }];
  }
}

@QueryHandler(ReportProblem)
export class ReportProblemHandler implements IQueryHandler<ReportProblem> {
  async execute(query: ReportProblem): Promise<Reported> {
    const snapshot = snapshotOf(query);
    const read = await readPanel(snapshot, query);
    if (read === null || hasMoved(read)) return read;
    if (snapshot.overriding !== null) return null;
    if (isRuledOut(read.panel.state)) return refusedByRule(read.panel, snapshot.authority);
    const { category, analystsAlone } = query.report;
    if (hasChanged(analystsAlone, read.panel)) return { panelChanged: true };
    if (goesToAnalystsAlone(read.panel))
      return category === MISSING ? { subjects: concerning(read.person.records).subjects, sources: [] } : null;
    if (category === 'wrong-person' && read.person.records.length > 1) return forStewards(read.involvements, read.person.records);
    return concerning(read.involvements);
  }
}
