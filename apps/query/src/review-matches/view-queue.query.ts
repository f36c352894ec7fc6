import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { readPeopleOfRecords } from '../view-person/read-people.js';
import { doubtedPairs } from './doubted-pair.js';
import type { Answer } from './answers.js';
import type { Harm } from './harm.js';
import { MatcherDoor } from './matcher-door.js';
import { type Agreement, type OwnAnswer, ownAnswers, readAgreement } from './own-answers.js';
import type { Pair } from './pair.js';
import { ownedRecord, SENSITIVE } from './record-label.js';
import { PAIRS_AT_MOST, queueFor, type QueuedPair, spokenOf } from './waiting-pair.js';

/** A pair as the queue names it: nothing of either person. */
export interface ListedPair {
  pair: Pair;
  harm: Harm;
  since: number;
  labels: string[];
}

export interface AnsweredPair {
  pair: Pair;
  answer: Answer;
  givenAt: number;
  state: 'waits' | 'decided' | 'taken-up' | 'taken-back';
}

export interface Queue {
  pairs: ListedPair[];
  counts: { harm: Harm; pairs: number }[];
  total: number;
  /** More wait than are looked through at once. */
  more: boolean;
  page: number;
  pages: number;
  answered: AnsweredPair[];
  agreement: Agreement;
}

const ON_A_PAGE = 20;

/** Which pairs wait for this reader, and what became of those they have answered. */
export class ViewQueue extends AuditedQuery<Queue> {
  readonly data = 'matching';
  readonly person = undefined;
  constructor(
    readonly reader: string,
    readonly source: string | null,
    readonly page: number,
  ) {
    super();
  }

  looks(result: Queue | null): Look[] {
    const shown = result === null ? undefined : { waiting: result.total, page: result.page };
    return [{ action: 'listed-matches', person: null, found: result !== null && result.pairs.length > 0, shown }];
  }
}

@QueryHandler(ViewQueue)
export class ViewQueueHandler implements IQueryHandler<ViewQueue> {
  constructor(private readonly matcher: MatcherDoor) {}

  async execute(query: ViewQueue): Promise<Queue> {
    const snapshot = snapshotOf(query);
    const { reader, source } = query;
    const waiting = [...(await doubtedPairs(snapshot)), ...(await this.matcher.waiting(await spokenOf(snapshot), PAIRS_AT_MOST))];
    const { pairs: queued, more } = await queueFor(snapshot, waiting, { reader, source });
    const answered = await ownAnswers(snapshot, reader);
    // A list of one source's is looked through whole: a record that may not be told to be there is not in it.
    const shown = source === null ? onPage(queued, query.page) : queued;
    const people = await readPeopleOfRecords(snapshot, subjectsOf([...shown, ...answered.map(({ pair }) => pair)]));
    const sidesOf = ({ one, other }: Pair) => [one, other].map((subject) => ownedRecord(people, subject, snapshot.authority));
    const tells = (pair: Pair) => sidesOf(pair).some((side) => side?.record.source === source && side.label !== SENSITIVE);
    const listed = source === null ? queued : queued.filter(tells);
    const unfollowed = answered.flatMap(({ pair, ruling }) => (ruling && !ruling.followed ? { ...pair, ...ruling } : []));
    const takenUp = await this.matcher.takenUp(unfollowed);
    return {
      pairs: onPage(listed, query.page).map(({ one, other, harm, since }) => {
        const labels = sidesOf({ one, other }).map((side) => side?.label ?? SENSITIVE);
        // Matched with care are few services: with an age, it would tell which one the sensitive one is.
        return { pair: { one, other }, harm: harm === 'careful' && labels.includes(SENSITIVE) ? 'other' : harm, since, labels };
      }),
      counts: countsIn(listed),
      total: listed.length,
      more: more || waiting.length >= PAIRS_AT_MOST,
      page: pageOf(listed, query.page),
      pages: pagesOf(listed),
      answered: answered
        .filter(({ pair }) => !sidesOf(pair).includes(null))
        .map(({ pair, answer, givenAt, ruling }) => ({ pair, answer, givenAt, state: stateOf(ruling, takenUp) })),
      agreement: await readAgreement(snapshot),
    };
  }
}

const pagesOf = (listed: readonly unknown[]) => Math.max(1, Math.ceil(listed.length / ON_A_PAGE));
const pageOf = (listed: readonly unknown[], page: number) => Math.min(page, pagesOf(listed));
const onPage = <T>(listed: readonly T[], page: number): T[] =>
  listed.slice((pageOf(listed, page) - 1) * ON_A_PAGE, pageOf(listed, page) * ON_A_PAGE);
const subjectsOf = (pairs: readonly Pair[]) => [...new Set(pairs.flatMap(({ one, other }) => [one, other]))];

function stateOf(ruling: OwnAnswer['ruling'], takenUp: ReadonlySet<string>): AnsweredPair['state'] {
  if (ruling === null) return 'waits';
  if (ruling.ruling === 'none') return 'taken-back';
  return ruling.followed || takenUp.has(ruling.id) ? 'taken-up' : 'decided';
}

const countsIn = (queued: readonly QueuedPair[]): Queue['counts'] =>
  [...Map.groupBy(queued, ({ harm }) => harm)].map(([harm, pairs]) => ({ harm, pairs: pairs.length }));
