import { Body, Get, HttpCode, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ask } from '../ask.js';
import { Decided } from '../decided.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { DeclareKnownOfPair, KNOWN_ONES, type KnownOne } from './declare-known-of-pair.query.js';
import { addressOf, type Pair, pairIn } from './pair.js';
import { PairAtMatcher } from './pair-at-matcher.js';
import { chosenPart } from './queue-address.js';
import { ReviewPair } from './review-pair.query.js';

/** "I know one of these people": from then on no pair with a record of theirs is given to this steward, and others decide about them. */
@PageController()
export class KnowOnePage {
  constructor(
    private readonly asking: Ask,
    private readonly matcher: PairAtMatcher,
    private readonly decided: Decided,
    private readonly pages: Pages,
  ) {}

  @Get('/matches/:one/:other/known')
  @AsPage()
  show(
    @CurrentAsker() asker: Asker,
    @Param('one') one: string,
    @Param('other') other: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    return this.form(asker, pairIn(one, other), chosenPart(query, this.pages.authority), []);
  }

  /** On record first, then kept. */
  @Post('/matches/:one/:other/known')
  @HttpCode(200)
  @AsPage()
  async declare(
    @CurrentAsker() asker: Asker,
    @Param('one') one: string,
    @Param('other') other: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const pair = pairIn(one, other);
    const chosen = chosenPart(query, this.pages.authority);
    const known = textIn(typed, 'known');
    if (!isKnownOne(known)) {
      reply.status(400);
      return this.form(asker, pair, chosen, [{ field: 'known', message: 'Select whom you know' }]);
    }
    const atMatcher = await this.matcher.seenBy(asker, pair, { action: 'declared-known' });
    const { result } = await this.asking.ask(asker, new DeclareKnownOfPair(asker.reader.id, pair, atMatcher, known));
    if (result === null) throw new NotFoundException();
    await this.decided.declareKnown(
      asker,
      result.flatMap(({ subjects }) => subjects),
    );
    reply.redirect(`/matches${chosen}`, 303);
    return undefined;
  }

  private async form(asker: Asker, pair: Pair, chosen: string, problems: readonly Problem[]): Promise<string> {
    const atMatcher = await this.matcher.seenBy(asker, pair, { action: 'reviewed-match' });
    const { result } = await this.asking.ask(asker, new ReviewPair(asker.reader.id, pair, atMatcher));
    if (result === null) throw new NotFoundException();
    const back = { text: 'Back to the two records', href: addressOf(pair) + chosen };
    const facts = { title: 'You know one of them', reader: asker.reader, place: 'matches', back, problem: problems.length > 0 } as const;
    return this.pages.render('review-matches/know-one.njk', facts, {
      action: `${addressOf(pair)}/known${chosen}`,
      labels: result.sides.map(({ label }) => label),
      known: Object.entries(KNOWN_ONES).map(([value, text]) => ({ value, text })),
      ...shownProblems(problems),
    });
  }
}

const isKnownOne = (typed: string): typed is KnownOne => Object.hasOwn(KNOWN_ONES, typed);
