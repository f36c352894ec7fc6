import { Body, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { PagesAboutPerson, paperOf, wayOf } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import { doubtIn } from './doubt-form.js';
import { DOUBT_REASONS } from './doubt-reasons.js';
import { type Acting, DoubtRecord } from './doubt-record.query.js';
import { KeptDoubts } from './kept-doubts.js';

/** "Not the same person?": a reader says which record is of another person. It is on record first, then kept; stewards are asked, and no source is. */
@PageController()
export class DoubtPage {
  constructor(
    private readonly about: PagesAboutPerson,
    private readonly kept: KeptDoubts,
    private readonly pages: Pages,
  ) {}

  @Get('/people/:person/doubt')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.form(asker, this.about.addressOf(person, '', query), query, reply, undefined, []);
  }

  @Post('/people/:person/doubt')
  @AsPage()
  async raise(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, '', query);
    const problems: Problem[] = [];
    const doubt = doubtIn(typed, problems);
    if (problems.length > 0) return this.form(asker, address, query, reply, typed, problems);
    const asked = new DoubtRecord(person, wayOf(address, query), { raising: doubt.record, because: doubt.because });
    const answer = await this.ask(asker, asked, address, reply);
    if (answer === undefined) return undefined;
    const { hides } = answer.records.find(({ record }) => record === doubt.record)!;
    await this.kept.raise(asker, asked.doubt, address.person, doubt, hides);
    reply.redirect(address.path, 303);
    return undefined;
  }

  @Post('/people/:person/doubt/withdrawn')
  async withdraw(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const address = this.about.addressOf(person, '', query);
    const acting: Acting = { withdrawing: textIn(typed, 'doubt') };
    const answer = await this.ask(asker, new DoubtRecord(person, wayOf(address, query), acting), address, reply);
    if (answer === undefined) return;
    await this.kept.withdraw(asker, acting.withdrawing);
    reply.redirect(address.path, 303);
  }

  private async ask(asker: Asker, query: DoubtRecord, address: PersonAddress, reply: FastifyReply) {
    const answer = await this.about.ask(asker, query, reply, ({ movedTo, child }) => address.movedTo(movedTo, child).part('doubt'));
    return answer?.result;
  }

  private async form(
    asker: Asker,
    address: PersonAddress,
    query: Record<string, unknown>,
    reply: FastifyReply,
    typed: Typed,
    problems: readonly Problem[],
  ): Promise<string | undefined> {
    const read = await this.ask(asker, new DoubtRecord(address.person, wayOf(address, query)), address, reply);
    if (read === undefined) return undefined;
    if (asker.overriding?.person === address.person) throw new NotFoundException();
    if (problems.length > 0) reply.status(400);
    const back = { text: 'Back to the person', href: address.path };
    const facts = {
      title: 'Not the same person?',
      reader: asker.reader,
      place: 'search',
      back,
      paper: paperOf(address, 'doubt'),
      problem: problems.length > 0,
    } as const;
    return this.pages.render('doubt-record/doubt.njk', facts, {
      identity: read.identity,
      own: read.own,
      action: address.part('doubt'),
      withdraw: address.part('doubt/withdrawn'),
      records: read.records.map(({ record, words, hides }) => ({ value: record, text: words, hint: hides && { text: HIDES } })),
      reasons: Object.entries(DOUBT_REASONS).map(([value, text]) => ({ value, text })),
      typed: { record: textIn(typed, 'record'), because: textIn(typed, 'because'), words: textIn(typed, 'words') },
      ...shownProblems(problems),
    });
  }
}

const HIDES = 'What it says is no longer shown with this person, to any reader, until a data steward has looked.';
