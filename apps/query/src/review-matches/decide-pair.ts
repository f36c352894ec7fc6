import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { Ask } from '../ask.js';
import type { Authority } from '../authority.js';
import { Gate } from '../gate.js';
import { AUTHORITY, STEWARDS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { HandOver } from './hand-over.js';
import { KeptOpinions, type OnRecord, type Opinion } from './kept-opinions.js';
import { MatchMeasures } from './match-measures.js';
import type { Pair } from './pair.js';
import { PairAtMatcher } from './pair-at-matcher.js';
import { ownersOf, type Reviewed } from './read-reviewed.js';
import { refusalOf, ReviewPair, type Said } from './review-pair.query.js';
import { stewardsNeeded } from './second-look.js';

/** What a steward decides is on record first, then kept, then handed over to the matcher. Whom they may not decide about is not there (404). */
@Injectable()
export class DecidePair {
  constructor(
    private readonly asking: Ask,
    private readonly gate: Gate,
    private readonly matcher: PairAtMatcher,
    private readonly kept: KeptOpinions,
    private readonly handOver: HandOver,
    private readonly measures: MatchMeasures,
    @Inject(AUTHORITY) private readonly authority: Authority,
    @Inject(STEWARDS_KEY) private readonly key: Buffer,
  ) {}

  async give(asker: Asker, pair: Pair, opinion: Opinion): Promise<void> {
    const given = await this.onRecord(asker, pair, { answer: opinion.answer, because: opinion.reason }, (record) =>
      this.kept.give(asker, pair, opinion, async (standing) => {
        const reviewed = await record(standing);
        return (
          reviewed && {
            needed: ofOwnAccord(reviewed) ? 2 : this.neededFor(pair, reviewed),
            doubted: reviewed.doubted,
            claimed: reviewed.claimed,
          }
        );
      }),
    );
    if (given === null) throw new NotFoundException();
    this.measures.answered(opinion.answer, given.agreed);
    await this.handOver.all();
  }

  /** Takes the ruling back, or asks another steward for it. @returns whether they have answered about the pair, and so have a page of it */
  async takeBack(asker: Asker, pair: Pair): Promise<boolean> {
    let answered = false;
    const taken = await this.onRecord(asker, pair, { answer: 'taken-back' }, (record) =>
      this.kept.takeBack(asker, pair, async (standing) => {
        const reviewed = await record(standing);
        answered = standing.answered;
        return reviewed && this.neededFor(pair, reviewed);
      }),
    );
    if (taken === null) throw new NotFoundException();
    await this.handOver.all();
    return answered;
  }

  /** @param keep keeps what is on record by then; where that fails, this is on record too, for both people */
  private async onRecord<T>(asker: Asker, pair: Pair, said: Said, keep: (record: OnRecord<Reviewed>) => Promise<T>): Promise<T> {
    const atMatcher = await this.matcher.seenBy(asker, pair, { action: 'decided-match', shown: { ...pair, ...said } });
    let recorded: Reviewed | null = null;
    try {
      return await keep(async (standing) => {
        const deciding = { ...said, standing, needed: (reviewed: Reviewed) => this.neededFor(pair, reviewed) };
        const { result } = await this.asking.ask(asker, new ReviewPair(asker.reader.id, pair, atMatcher, deciding));
        return (recorded = result !== null && refusalOf(deciding, result) === null ? result : null);
      });
    } catch (error) {
      // Perhaps: a database may have kept it, and only its answer was lost.
      const shown = { ...pair, ...said, refused: 'perhaps-not-kept' };
      for (const whose of recorded === null ? [] : ownersOf(recorded))
        await this.gate.record(asker, { action: 'decided-match', ...whose, shown }, 'refused');
      throw error;
    }
  }

  private neededFor(pair: Pair, { sides }: Reviewed): number {
    return stewardsNeeded(
      this.authority,
      this.key,
      pair,
      sides.map(({ person }) => person),
    );
  }
}

/** Nobody but stewards asks about it, neither the matcher nor a reader: what one has picked alone, one does not decide alone. */
const ofOwnAccord = ({ since, doubted, claimed }: Reviewed): boolean => since === null && doubted === null && claimed === null;
