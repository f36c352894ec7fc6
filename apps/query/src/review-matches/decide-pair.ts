import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { Ask } from '../ask.js';
import type { Authority } from '../authority.js';
import { AUTHORITY, STEWARDS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { HandOver } from './hand-over.js';
import { KeptOpinions, type Opinion } from './kept-opinions.js';
import { MatchMeasures } from './match-measures.js';
import type { Pair } from './pair.js';
import type { Reviewed } from './read-reviewed.js';
import { type Deciding, ReviewPair } from './review-pair.query.js';
import { stewardsNeeded } from './second-look.js';

/** What a steward decides is on record first, then kept, then handed over to the matcher. Whom they may not decide about is not there (404). */
@Injectable()
export class DecidePair {
  constructor(
    private readonly asking: Ask,
    private readonly kept: KeptOpinions,
    private readonly handOver: HandOver,
    private readonly measures: MatchMeasures,
    @Inject(AUTHORITY) private readonly authority: Authority,
    @Inject(STEWARDS_KEY) private readonly key: Buffer,
  ) {}

  async give(asker: Asker, pair: Pair, opinion: Opinion): Promise<void> {
    const { sides, rulings, doubted } = await this.reviewed(asker, pair, { answer: opinion.answer, because: opinion.reason });
    const sources = sides.map(({ record }) => record.source);
    const needed = stewardsNeeded(this.authority, this.key, pair, sources);
    const given = await this.kept.give(asker, pair, opinion, needed, { rulings, doubted });
    if (given === null) throw new NotFoundException();
    this.measures.answered(opinion.answer, given.agreed);
    await this.handOver.all();
  }

  async takeBack(asker: Asker, pair: Pair): Promise<void> {
    await this.reviewed(asker, pair, { answer: 'taken-back' });
    if (!(await this.kept.takeBack(asker, pair))) throw new NotFoundException();
    await this.handOver.all();
  }

  private async reviewed(asker: Asker, pair: Pair, deciding: Deciding): Promise<Reviewed> {
    const { result } = await this.asking.ask(asker, new ReviewPair(asker.reader.id, pair, deciding));
    if (result === null) throw new NotFoundException();
    return result;
  }
}
