import { Body, Get, Param, Post } from '@nestjs/common';
import { MatchModelNow } from '../compare-records/match-model-now.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { PagesAboutPerson, paperOf, pathTo } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import { CLAIM_REASONS, claimIn } from './claim-form.js';
import { type Acting, type ClaimedPeople, ClaimSame, openOf } from './claim-same.query.js';
import { KeptClaims } from './kept-claims.js';

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
  async show(@OfPerson() asked: AskedOfPerson, @Param('other') other: string): Promise<string | undefined> {
    return this.form(asked, other, undefined, []);
  }

  @Post('/people/:person/same/:other')
  @AsPage()
  async raise(@OfPerson() asked: AskedOfPerson, @Param('other') other: string, @Body() typed: Typed): Promise<string | undefined> {
    const problems: Problem[] = [];
    const raised = claimIn(typed, problems);
    if (problems.length > 0) return this.form(asked, other, typed, problems);
    const answer = await this.ask(asked, other, { raising: raised.because });
    if (answer === undefined) return undefined;
    await this.kept.raise(asked.asker, answer.claim, answer.records, raised);
    asked.reply.redirect(formOf(asked.address, other), 303);
    return undefined;
  }

  @Post('/people/:person/same/:other/withdrawn')
  async withdraw(@OfPerson() asked: AskedOfPerson, @Param('other') other: string): Promise<void> {
    const answer = await this.ask(asked, other, 'withdrawing');
    if (answer === undefined) return;
    await this.kept.withdraw(asked.asker, openOf(answer.own));
    asked.reply.redirect(formOf(asked.address, other), 303);
  }

  private async ask(asked: AskedOfPerson, other: string, acting: Acting | null) {
    const query = new ClaimSame(asked.address.person, other, await this.model.read(), asked.way, acting);
    const answer = await this.about.ask<ClaimedPeople>(asked, query, (address) => formOf(address, other));
    return answer && { ...answer.result, claim: query.claim };
  }

  private async form(asked: AskedOfPerson, other: string, typed: Typed, problems: readonly Problem[]): Promise<string | undefined> {
    const { asker, address, reply } = asked;
    const read = await this.ask(asked, other, null);
    if (read === undefined) return undefined;
    if (problems.length > 0) reply.status(400);
    const back = { text: 'Back to the person', href: address.path };
    const paper = paperOf(address, 'same');
    const facts = { title: 'Same person?', reader: asker.reader, place: 'search', back, paper, problem: problems.length > 0 } as const;
    return this.pages.render('claim-same/claim.njk', facts, {
      ...read,
      canClaim: !read.isOne && openOf(read.own).length === 0,
      otherPath: pathTo(asked, '')(read.other.person),
      action: formOf(address, other),
      withdraw: address.part(`same/${other}/withdrawn`),
      reasons: Object.entries(CLAIM_REASONS).map(([value, text]) => ({ value, text })),
      typed: { because: textIn(typed, 'because'), words: textIn(typed, 'words') },
      ...shownProblems(problems),
    });
  }
}

const formOf = (address: PersonAddress, other: string): string => address.part(`same/${other}`);
