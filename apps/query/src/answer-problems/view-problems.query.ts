import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { KeptProblems } from '../report-problem/kept-problems.js';
import type { Reader } from '../sign-in/reader.js';
import { snapshotOf } from '../snapshot.js';
import { type Asked, type Narrowed, readAsked } from './read-asked.js';

/** Which problems are the sources asked about that this reader answers for, or data analysts alone? Each that is shown is on record by itself. */
export class ViewProblems extends AuditedQuery<Asked[]> {
  readonly data = 'data-quality';
  readonly person = undefined;
  constructor(
    readonly reader: Reader,
    readonly narrowed: Narrowed = {},
  ) {
    super();
  }

  looks(result: Asked[] | null): Look[] {
    if (result === null || result.length === 0) return [{ action: 'viewed-problem', person: null, found: false }];
    return result.map((one) => ({ action: 'viewed-problem', ...whom(one), found: true, shown: problemOnRecord(one) }));
  }
}

@QueryHandler(ViewProblems)
export class ViewProblemsHandler implements IQueryHandler<ViewProblems> {
  constructor(private readonly problems: KeptProblems) {}

  execute(query: ViewProblems): Promise<Asked[]> {
    return readAsked(snapshotOf(query), this.problems, query.reader, query.narrowed);
  }
}

/** Each is about its own records alone, also where several are about one person. */
export const whom = ({ person, subjects }: Asked) => ({ person, subjects });

/** Of a problem, what goes on record: codes alone. */
export const problemOnRecord = ({ problem, asked: { service, value, source, category } }: Asked) => ({
  service,
  ...(value && { value: value.kind }),
  ...(source === null ? { analystsAlone: true } : { source }),
  category,
  problem,
});
