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
import { type Concerned, concerning } from './kept-problems.js';
import type { ProblemReport } from './problem-form.js';

/** Of a person the names, dates of birth and addresses that a problem can be reported with, and the databases that would be asked. */
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

/** Which records and sources state this value? That it is reported, and by whom, is on record with the answer. Null: as in `ViewValues`, or no record that may be told of states it. */
export class ReportValue extends AuditedQuery<Concerned | MovedPerson | null> implements Asked {
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

  looks(result: Concerned | MovedPerson | null): Look[] {
    const concerned = result === null || hasMoved(result) ? null : result;
    const { category, named } = this.report;
    const kept = concerned && { problem: this.problem, sources: concerned.sources, named };
    const shown = { value: this.about.value.kind, category, ...kept };
    return [{ action: 'reported-problem', person: this.person, found: concerned !== null, shown }];
  }
}

@QueryHandler(ReportValue)
export class ReportValueHandler implements IQueryHandler<ReportValue> {
  async execute(query: ReportValue): Promise<Concerned | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    const stated = sameValue(statedValuesOf(person, snapshot.authority, snapshot.now), query.about.value);
    return stated === undefined || snapshot.overriding !== null ? null : concerning(stated.records);
  }
}
