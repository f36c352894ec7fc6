import { Body, Get, Post } from '@nestjs/common';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { PagesAboutPerson } from '../view-person/pages-about-person.js';
import { doubtIn } from './doubt-form.js';
import { type Acting, DoubtRecord } from './doubt-record.query.js';
import { KeptDoubts } from './kept-doubts.js';
import { doubtOf, showDoubtForm } from './show-doubt-form.js';

/** "Not the same person?": a reader says which record is of another person. It is on record first, then kept; stewards are asked, and no source is. */
@PageController()
export class DoubtPage {
  constructor(
    readonly about: PagesAboutPerson,
    private readonly kept: KeptDoubts,
    readonly pages: Pages,
  ) {}

  @Get('/people/:person/doubt')
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson): Promise<string | undefined> {
    return showDoubtForm(this, asked, undefined, []);
  }

  @Post('/people/:person/doubt')
  @AsPage()
  async raise(@OfPerson() asked: AskedOfPerson, @Body() typed: Typed): Promise<string | undefined> {
    const { asker, address, way, reply } = asked;
    const problems: Problem[] = [];
    const doubt = doubtIn(typed, problems);
    if (problems.length > 0) return showDoubtForm(this, asked, typed, problems);
    const query = new DoubtRecord(address.person, way, { raising: doubt.record, because: doubt.because });
    const answer = await this.about.ask(asked, query, doubtOf);
    if (answer === undefined) return undefined;
    const { hides } = answer.result.records.find(({ record }) => record === doubt.record)!;
    await this.kept.raise(asker, query.doubt, address.person, doubt, hides);
    // It says there that it waits: a page of the person's that shows nothing of the record would tell nothing of it.
    reply.redirect(address.part('doubt'), 303);
    return undefined;
  }

  @Post('/people/:person/doubt/withdrawn')
  async withdraw(@OfPerson() asked: AskedOfPerson, @Body() typed: Typed): Promise<void> {
    const { asker, address, way, reply } = asked;
    const acting: Acting = { withdrawing: textIn(typed, 'doubt') };
    const answer = await this.about.ask(asked, new DoubtRecord(address.person, way, acting), doubtOf);
    if (answer === undefined) return;
    await this.kept.withdraw(asker, acting.withdrawing);
    reply.redirect(address.path, 303);
  }
}
