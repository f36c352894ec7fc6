import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { databaseName } from '../authority.js';
import { codesOf } from '../codes-of.js';
import { snapshotOf } from '../snapshot.js';
import { identityOf } from '../view-person/identity-of.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import { PersonIdentity } from '../view-person/person-identity.js';
import { reachPerson } from '../view-person/reach-person.js';
import { sameValue, statedValuesOf, type Value, VALUE_KINDS } from '../view-person/stated-values.js';
import { type Asked, askedFor, type Way } from '../view-person/way.js';
import { type Concerned, concerning, KeptProblems } from './kept-problems.js';
import type { ProblemReport } from './problem-form.js';
import { readProblemsOfValue } from './read-problems.js';
import { isReportedAlready, type ReportedAlready, reportedAlready } from './reported-already.js';

/** Of a person the names, dates of birth and death, and addresses that a problem can be reported with, and the databases that would be asked. */
export const ValuesToReport = z
  .object({
    identity: PersonIdentity,
    values: z.array(z.object({ kind: codesOf(VALUE_KINDS), words: z.string(), databases: z.array(z.string()) })),
  })
  .meta({ id: 'ValuesToReport' });
export type ValuesToReport = z.output<typeof ValuesToReport>;

/** Which values of this person can be reported? Null: nobody of that id may be seen, or the record was opened past its restriction: a problem would tell its sources of a person who is to look absent. */
export class ViewValues extends AuditedQuery<ValuesToReport | MovedPerson | null> implements Asked {
  readonly data = 'basic-details';
  readonly person: string | null;
  readonly child: string | null;
  constructor(person: string, way: Way = {}) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: ValuesToReport | MovedPerson | null): Look[] {
    const found = result !== null && !hasMoved(result);
    return [{ action: 'viewed-person', person: this.person, found, shown: { page: 'problem' } }];
  }
}

@QueryHandler(ViewValues)
export class ViewValuesHandler implements IQueryHandler<ViewValues> {
  async execute(query: ViewValues): Promise<ValuesToReport | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const { authority, now, overriding } = snapshot;
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    if (overriding !== null) return null;
    const values = statedValuesOf(person, authority, now).map(({ kind, words, records }) => ({
      kind,
      words,
      databases: [...new Set(records.map(({ source }) => databaseName(authority, source)))],
    }));
    return { identity: identityOf(person, authority, now), values };
  }
}

type Reported = Concerned | ReportedAlready | MovedPerson | null;

/** Which records and sources state this value? That it is reported, and by whom, is on record with the answer. Null: as in `ViewValues`, or no record that may be told of states it. */
export class ReportValue extends AuditedQuery<Reported> implements Asked {
  readonly data = 'basic-details';
  readonly person: string | null;
  readonly child: string | null;
  /** Of the problem, should it be kept. */
  readonly problem = randomUUID();
  constructor(
    person: string,
    readonly about: { value: Value },
    readonly report: ProblemReport,
    way: Way = {},
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: Reported): Look[] {
    const { category, named } = this.report;
    const shown = { value: this.about.value.kind, category };
    const look = { action: 'reported-problem', person: this.person, found: true } as const;
    if (result === null || hasMoved(result)) return [{ ...look, found: false, shown }];
    if (isReportedAlready(result)) return [{ ...look, shown: { ...shown, problem: result.already.id }, refused: 'reported-before' }];
    return [{ ...look, shown: { ...shown, problem: this.problem, sources: result.sources, named } }];
  }
}

@QueryHandler(ReportValue)
export class ReportValueHandler implements IQueryHandler<ReportValue> {
  constructor(private readonly kept: KeptProblems) {}

  async execute(query: ReportValue): Promise<Reported> {
    const snapshot = snapshotOf(query);
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    const stated = sameValue(statedValuesOf(person, snapshot.authority, snapshot.now), query.about.value);
    if (stated === undefined || snapshot.overriding !== null) return null;
    const concerned = concerning(stated.records);
    const problems = await readProblemsOfValue(snapshot, this.kept, person, stated);
    return reportedAlready(problems, snapshot.reader, query.report.category, concerned, this.kept) ?? concerned;
  }
}
