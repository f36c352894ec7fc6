import { Body, Get, NotFoundException, Post } from '@nestjs/common';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { isOverridden, PagesAboutPerson, paperOf } from '../view-person/pages-about-person.js';
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
  async show(@OfPerson() asked: AskedOfPerson): Promise<string | undefined> {
    return this.form(asked, undefined, []);
  }

  @Post('/people/:person/doubt')
  @AsPage()
  async raise(@OfPerson() asked: AskedOfPerson, @Body() typed: Typed): Promise<string | undefined> {
    const { asker, address, way, reply } = asked;
    const problems: Problem[] = [];
    const doubt = doubtIn(typed, problems);
    if (problems.length > 0) return this.form(asked, typed, problems);
    const query = new DoubtRecord(address.person, way, { raising: doubt.record, because: doubt.because });
    const answer = await this.about.ask(asked, query, formOf);
    if (answer === undefined) return undefined;
    const { hides } = answer.result.records.find(({ record }) => record === doubt.record)!;
    await this.kept.raise(asker, query.doubt, address.person, doubt, hides);
    reply.redirect(address.path, 303);
    return undefined;
  }

  @Post('/people/:person/doubt/withdrawn')
  async withdraw(@OfPerson() asked: AskedOfPerson, @Body() typed: Typed): Promise<void> {
    const { asker, address, way, reply } = asked;
    const acting: Acting = { withdrawing: textIn(typed, 'doubt') };
    const answer = await this.about.ask(asked, new DoubtRecord(address.person, way, acting), formOf);
    if (answer === undefined) return;
    await this.kept.withdraw(asker, acting.withdrawing);
    reply.redirect(address.path, 303);
  }

  private async form(asked: AskedOfPerson, typed: Typed, problems: readonly Problem[]): Promise<string | undefined> {
    const { asker, address, way, reply } = asked;
    const answer = await this.about.ask(asked, new DoubtRecord(address.person, way), formOf);
    if (answer === undefined) return undefined;
    const { result: read } = answer;
    if (isOverridden(asked)) throw new NotFoundException();
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
      action: formOf(address),
      withdraw: address.part('doubt/withdrawn'),
      records: read.records.map(({ record, words, hides }) => ({ value: record, text: words, hint: hides && { text: HIDES } })),
      reasons: Object.entries(DOUBT_REASONS).map(([value, text]) => ({ value, text })),
      typed: { record: textIn(typed, 'record'), because: textIn(typed, 'because'), words: textIn(typed, 'words') },
      ...shownProblems(problems),
    });
  }
}

const HIDES = 'What it says is no longer shown with this person, to any reader, until a data steward has looked.';

const formOf = (address: PersonAddress): string => address.part('doubt');
