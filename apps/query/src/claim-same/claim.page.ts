import { Body, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MatchModelNow } from '../compare-records/match-model-now.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { PagesAboutPerson, paperOf, wayOf } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import { CLAIM_REASONS, claimIn } from './claim-form.js';
import { type Acting, type ClaimedPeople, ClaimSame, openOf } from './claim-same.query.js';
import { KeptClaims } from './kept-claims.js';

/** Two people as an address names them. */
interface Two {
  address: PersonAddress;
  other: string;
  query: Record<string, unknown>;
}

/** "Same person?": a reader says that two people who are shown apart are one. It is on record first, then kept; stewards are asked, and nothing changes until they decide. */
@PageController()
export class ClaimPage {
  constructor(
    private readonly about: PagesAboutPerson,
    private readonly kept: KeptClaims,
    private readonly model: MatchModelNow,
    private readonly pages: Pages,
  ) {}

  @Get('/people/:person/same/:other')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('other') other: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.form(asker, this.two(person, other, query), reply, undefined, []);
  }

  @Post('/people/:person/same/:other')
  @AsPage()
  async raise(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('other') other: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const two = this.two(person, other, query);
    const problems: Problem[] = [];
    const raised = claimIn(typed, problems);
    if (problems.length > 0) return this.form(asker, two, reply, typed, problems);
    const asked = await this.ask(asker, two, reply, { raising: raised.because });
    if (asked === undefined) return undefined;
    await this.kept.raise(asker, asked.claim, asked.records, raised);
    reply.redirect(addressOf(two), 303);
    return undefined;
  }

  @Post('/people/:person/same/:other/withdrawn')
  async withdraw(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('other') other: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const two = this.two(person, other, query);
    const asked = await this.ask(asker, two, reply, 'withdrawing');
    if (asked === undefined) return;
    await this.kept.withdraw(asker, openOf(asked.own));
    reply.redirect(addressOf(two), 303);
  }

  private two(person: string, other: string, query: Record<string, unknown>): Two {
    return { address: this.about.addressOf(person, '', query), other, query };
  }

  private async ask(asker: Asker, { address, other, query }: Two, reply: FastifyReply, acting: Acting | null) {
    const asked = new ClaimSame(address.person, other, await this.model.read(), wayOf(address, query), acting);
    const answer = await this.about.ask<ClaimedPeople>(asker, asked, reply, ({ movedTo, child }) =>
      addressOf({ address: address.movedTo(movedTo, child), other }),
    );
    return answer && { ...answer.result, claim: asked.claim };
  }

  private async form(asker: Asker, two: Two, reply: FastifyReply, typed: Typed, problems: readonly Problem[]): Promise<string | undefined> {
    const read = await this.ask(asker, two, reply, null);
    if (read === undefined) return undefined;
    if (problems.length > 0) reply.status(400);
    const back = { text: 'Back to the person', href: two.address.path };
    const paper = paperOf(two.address, 'same');
    const facts = { title: 'Same person?', reader: asker.reader, place: 'search', back, paper, problem: problems.length > 0 } as const;
    return this.pages.render('claim-same/claim.njk', facts, {
      ...read,
      canClaim: !read.isOne && openOf(read.own).length === 0,
      action: addressOf(two),
      withdraw: two.address.part(`same/${two.other}/withdrawn`),
      reasons: Object.entries(CLAIM_REASONS).map(([value, text]) => ({ value, text })),
      typed: { because: textIn(typed, 'because'), words: textIn(typed, 'words') },
      ...shownProblems(problems),
    });
  }
}

const addressOf = ({ address, other }: Pick<Two, 'address' | 'other'>): string => address.part(`same/${other}`);
