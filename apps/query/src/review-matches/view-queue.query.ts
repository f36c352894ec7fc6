import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { type Snapshot, snapshotOf } from '../snapshot.js';
import type { Answer } from './answers.js';
import { type GivenPair, givenInOrder, maySee, peopleOf, type QueueFilter, sidesOf } from './given-in-order.js';
import type { WaitingOfKind } from './count-waiting.js';
import { type Agreement, type OwnAnswer, ownAnswers, readAgreement } from './own-answers.js';
import type { Pair } from './pair.js';
import { readTakeBacks, type TakeBack } from './take-backs.js';
import type { Listed } from './waiting-list.js';

export interface AnsweredPair {
  pair: Pair;
  answer: Answer;
  givenAt: number;
  state: 'waits' | 'decided' | 'taken-up' | 'asked-back' | 'taken-back';
}

/** A decision that another steward asks to take back, as the page names it. */
export interface NamedTakeBack extends TakeBack {
  labels: string[];
}

export interface Queue {
  pairs: GivenPair[];
  /** What waits for all stewards, by why it comes first. */
  counts: WaitingOfKind[];
  total: number;
  /** The total is an estimate. */
  about: boolean;
  /** More wait than were put in order. */
  more: boolean;
  /** What came, or was decided, after this may not be in it; milliseconds since 1970. */
  asOf: number;
  /** None of those that were looked through is for this reader, and there are others. */
  notFound: boolean;
  page: number;
  hasNext: boolean;
  takeBacks: NamedTakeBack[];
  answered: AnsweredPair[];
  agreement: Agreement;
}

/** So many pairs. */
export const ON_A_PAGE = 20;

/** Which pairs wait for this reader, and what became of those they have answered. */
export class ViewQueue extends AuditedQuery<Queue> {
  readonly data = 'matching';
  readonly person = undefined;
  /**
   * Both are asked before, so that no snapshot waits for the matcher's database.
   * @param list what waits for all stewards @param takenUp ids of rulings that the matcher has taken up and that are not followed yet
   */
  constructor(
    readonly reader: string,
    readonly list: Listed,
    readonly takenUp: ReadonlySet<string>,
    readonly filter: QueueFilter,
    readonly page: number,
  ) {
    super();
  }

  looks(result: Queue | null): Look[] {
    const shown = result === null ? undefined : { waiting: result.total, page: result.page, takeBacks: result.takeBacks.length };
    return [{ action: 'listed-matches', person: null, found: result !== null && result.pairs.length + result.takeBacks.length > 0, shown }];
  }
}

@QueryHandler(ViewQueue)
export class ViewQueueHandler implements IQueryHandler<ViewQueue> {
  async execute(query: ViewQueue): Promise<Queue> {
    const snapshot = snapshotOf(query);
    const { list, page } = query;
    const [{ pairs, looked }, answered, takeBacks, agreement] = await Promise.all([
      givenInOrder(snapshot, query, page * ON_A_PAGE),
      answeredBy(snapshot, query),
      takeBacksFor(snapshot, query),
      readAgreement(snapshot),
    ]);
    const from = (page - 1) * ON_A_PAGE;
    return {
      pairs: pairs.slice(from, from + ON_A_PAGE),
      counts: list.counts,
      total: list.counts.reduce((sum, { pairs: of }) => sum + of, 0),
      about: list.counts.some(({ about }) => about),
      more: list.more,
      asOf: list.readAt,
      notFound: pairs.length === 0 && looked === 'part',
      page,
      hasNext: pairs.length > from + ON_A_PAGE,
      answered,
      takeBacks,
      agreement,
    };
  }
}

/** Of whoever is restricted since there is nothing. */
async function answeredBy(snapshot: Snapshot, { reader, takenUp }: ViewQueue): Promise<AnsweredPair[]> {
  const answers = await ownAnswers(snapshot, reader);
  const people = await peopleOf(
    snapshot,
    answers.map(({ pair }) => pair),
  );
  return answers
    .filter(({ pair }) => maySee(people, pair, snapshot.authority))
    .map(({ pair, answer, givenAt, ruling }) => ({ pair, answer, givenAt, state: stateOf(ruling, takenUp) }));
}

/** Nor of whom the reader knows. */
async function takeBacksFor(snapshot: Snapshot, { reader }: ViewQueue): Promise<NamedTakeBack[]> {
  const asked = await readTakeBacks(snapshot, reader);
  const people = await peopleOf(
    snapshot,
    asked.map(({ pair }) => pair),
  );
  return asked.flatMap((one) => {
    const sides = sidesOf(people, one.pair, snapshot.authority);
    return sides === null ? [] : [{ ...one, labels: sides.map(({ label }) => label) }];
  });
}

function stateOf(ruling: OwnAnswer['ruling'], takenUp: ReadonlySet<string>): AnsweredPair['state'] {
  if (ruling === null) return 'waits';
  if (ruling.ruling === 'none') return 'taken-back';
  if (ruling.askedBack) return 'asked-back';
  return ruling.followed || takenUp.has(ruling.id) ? 'taken-up' : 'decided';
}
