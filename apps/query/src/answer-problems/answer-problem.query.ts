import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { KeptProblems } from '../report-problem/kept-problems.js';
import type { ProblemOutcome } from '../report-problem/problem-categories.js';
import type { Reader } from '../sign-in/reader.js';
import { snapshotOf } from '../snapshot.js';
import { isOfAnalysts } from './answer-form.js';
import { type Asked, readAsked } from './read-asked.js';
import { problemOnRecord, whom } from './view-problems.query.js';

/** May this reader answer this problem so? That they do is on record with the answer. Null: there is none of that id for them, or it is answered in other words. */
export class AnswerProblem extends AuditedQuery<Asked | null> {
  readonly data = 'data-quality';
  readonly person = undefined;
  constructor(
    readonly reader: Reader,
    readonly id: string,
    readonly outcome: ProblemOutcome,
  ) {
    super();
  }

  looks(result: Asked | null): Look[] {
    const shown = result === null ? undefined : { ...problemOnRecord(result), answer: this.outcome };
    return [{ action: 'answered-problem', ...(result === null ? { person: null } : whom(result)), found: result !== null, shown }];
  }
}

@QueryHandler(AnswerProblem)
export class AnswerProblemHandler implements IQueryHandler<AnswerProblem> {
  constructor(private readonly problems: KeptProblems) {}

  async execute(query: AnswerProblem): Promise<Asked | null> {
    const [asked = null] = await readAsked(snapshotOf(query), this.problems, query.reader, { id: query.id });
    return asked !== null && isOfAnalysts(query.outcome) === (asked.asked.source === null) ? asked : null;
  }
}
