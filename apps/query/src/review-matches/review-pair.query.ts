import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AuditAction } from '#lib/audit';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import type { Answer, Reason } from './answers.js';
import { KeptOpinions, type Standing } from './kept-opinions.js';
import type { Pair } from './pair.js';
import type { AtMatcher } from './pair-at-matcher.js';
import { ownersOf, readReviewed, type Reviewed } from './read-reviewed.js';
import { readStated } from './stated-between.js';

/** What a steward is about to say, or that they take a ruling back: in the log before it is done. */
export type Said = { answer: Answer; because: Reason } | { answer: 'taken-back' };
/** With how the pair stands until it is done, and how many stewards it takes. */
export type Deciding = Said & { standing: Standing; needed(reviewed: Reviewed): number };

/** Why a steward may not decide so, as a code for the log; null: they may. */
export function refusalOf(
  { answer, standing }: Pick<Deciding, 'answer' | 'standing'>,
  { rulings, asksForAnswer }: Reviewed,
): string | null {
  const { takeBack } = standing;
  if (answer === 'taken-back') return takeBack.byOwn ? 'asked-before' : standing.lastIsOwn || takeBack.byOther ? null : 'not-own';
  if (standing.answered) return 'answered-before';
  if (!asksForAnswer) return 'not-asked';
  return standing.rulings === rulings ? null : 'ruled-meanwhile';
}

/** With what the case management system states of the two people: "Mosaic says what the person of the first record is to the one of the second: mother." */
export type ReviewedPair = Reviewed & { stated: string[] };

/**
 * Two records beside each other, and, with `deciding`, whether the reader may decide about them: that they do, or are refused, is on record with the answer. On
 * record for both people. Null: the reader may see no such pair; what they have answered about it is on record all the same.
 */
export class ReviewPair extends AuditedQuery<ReviewedPair | null> {
  readonly data = 'matching';
  readonly person = undefined;
  /** @param atMatcher asked before, so that no snapshot waits for the matcher's database */
  constructor(
    readonly reader: string,
    readonly pair: Pair,
    readonly atMatcher: AtMatcher,
    readonly deciding: Deciding | null = null,
  ) {
    super();
  }

  looks(result: ReviewedPair | null): Look[] {
    const action: AuditAction = this.deciding === null ? 'reviewed-match' : 'decided-match';
    const shown = { ...this.pair, ...(this.deciding && saidIn(this.deciding, result)) };
    if (result === null) return [{ action, person: null, found: false, ...(this.deciding && { shown }) }];
    const refused = (this.deciding && refusalOf(this.deciding, result)) ?? undefined;
    return ownersOf(result).map(({ person }) => ({ action, person, found: true, refused, shown }));
  }
}

/** What goes on record. To ask for a ruling to be taken back is not yet to take it back. */
function saidIn({ standing, needed, ...said }: Deciding, result: Reviewed | null): object {
  const asks = said.answer === 'taken-back' && result !== null && !standing.takeBack.byOther && needed(result) > 1;
  return asks ? { answer: 'asks-to-take-back' } : said;
}

@QueryHandler(ReviewPair)
export class ReviewPairHandler implements IQueryHandler<ReviewPair> {
  constructor(private readonly kept: KeptOpinions) {}

  async execute(query: ReviewPair): Promise<ReviewedPair | null> {
    const snapshot = snapshotOf(query);
    const reviewed = await readReviewed(snapshot, { atMatcher: query.atMatcher, kept: this.kept }, query.reader, query.pair);
    return reviewed && { ...reviewed, stated: await readStated(snapshot, reviewed.sides) };
  }
}
