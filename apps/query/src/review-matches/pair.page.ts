import { Body, Get, HttpCode, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ask } from '../ask.js';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { opinionIn } from './answer-form.js';
import { DecidePair } from './decide-pair.js';
import { addressOf, type Pair, pairIn } from './pair.js';
import { chosenPart } from './queue-address.js';
import { canTakeBack } from './read-reviewed.js';
import { PairAtMatcher } from './pair-at-matcher.js';
import { RenderPair } from './render-pair.js';
import { type ReviewedPair, ReviewPair } from './review-pair.query.js';

/** Two records beside each other, and what the steward says of them: first the form, then the same once more to be confirmed, then it is kept. */
@PageController()
export class PairPage {
  constructor(
    private readonly asking: Ask,
    private readonly matcher: PairAtMatcher,
    private readonly deciding: DecidePair,
    private readonly show: RenderPair,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/matches/:one/:other')
  @AsPage()
  async pair(
    @CurrentAsker() asker: Asker,
    @Param('one') one: string,
    @Param('other') other: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    return this.show.pair(asker, await this.reviewed(asker, pairIn(one, other)), this.chosen(query));
  }

  @Post('/matches/:one/:other')
  @HttpCode(200)
  @AsPage()
  async answer(
    @CurrentAsker() asker: Asker,
    @Param('one') one: string,
    @Param('other') other: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const pair = pairIn(one, other);
    const chosen = this.chosen(query);
    const problems: Problem[] = [];
    const opinion = opinionIn(typed, problems);
    const step = textIn(typed, 'step');
    if (problems.length > 0 || step !== 'decide') {
      const reviewed = await this.reviewed(asker, pair);
      if (!reviewed.asksForAnswer) throw new NotFoundException();
      if (problems.length === 0 && step !== 'change') return this.show.confirmation(asker, reviewed, opinion, chosen);
      if (problems.length > 0) reply.status(400);
      return this.show.pair(asker, reviewed, chosen, { typed, problems });
    }
    await this.deciding.give(asker, pair, opinion);
    reply.redirect(addressOf(pair) + chosen, 303);
    return undefined;
  }

  @Post('/matches/:one/:other/taken-back')
  @HttpCode(200)
  @AsPage()
  async takeBack(
    @CurrentAsker() asker: Asker,
    @Param('one') one: string,
    @Param('other') other: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const pair = pairIn(one, other);
    const chosen = this.chosen(query);
    if (textIn(typed, 'step') !== 'take-back') {
      const reviewed = await this.reviewed(asker, pair);
      if (!canTakeBack(reviewed)) throw new NotFoundException();
      return this.show.takingBack(asker, reviewed, chosen);
    }
    const answered = await this.deciding.takeBack(asker, pair);
    reply.redirect((answered ? addressOf(pair) : '/matches') + chosen, 303);
    return undefined;
  }

  private chosen(query: Record<string, unknown>): string {
    return chosenPart(query, this.authority);
  }

  private async reviewed(asker: Asker, pair: Pair): Promise<ReviewedPair> {
    const atMatcher = await this.matcher.seenBy(asker, pair, { action: 'reviewed-match' });
    const { result } = await this.asking.ask(asker, new ReviewPair(asker.reader.id, pair, atMatcher));
    if (result === null) throw new NotFoundException();
    return result;
  }
}
