import { Body, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Problem, Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { PagesAboutPerson, wayOf } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import { VALUE_KINDS } from '../view-person/stated-values.js';
import { VALUE_CATEGORIES } from './problem-categories.js';
import { choiceOf, reportIn, valueIn } from './problem-form.js';
import { renderReport } from './render-report.js';
import { ReportValue, ViewValues } from './report-value.query.js';
import { SendProblem } from './send-problem.js';

/** "Report a wrong name, date of birth or address": to every source of which a record states it. */
@PageController()
export class ReportValuePage {
  constructor(
    private readonly about: PagesAboutPerson,
    private readonly sending: SendProblem,
    private readonly pages: Pages,
  ) {}

  @Get('/people/:person/problem')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.form(asker, this.about.addressOf(person, '', query), query, reply, undefined, []);
  }

  /** On record first, then sent. The person's page that it leads back to shows it. */
  @Post('/people/:person/problem')
  @AsPage()
  async report(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, '', query);
    const problems: Problem[] = [];
    const value = valueIn(typed, problems);
    const report = reportIn(typed, VALUE_CATEGORIES, problems);
    if (problems.length > 0) return this.form(asker, address, query, reply, typed, problems);
    const asked = new ReportValue(person, { value }, report, wayOf(address, query));
    const answer = await this.about.ask(asker, asked, reply, ({ movedTo, child }) => formOf(address.movedTo(movedTo, child)));
    if (answer === undefined) return undefined;
    await this.sending.send(asker, asked, answer.result);
    reply.redirect(address.path, 303);
    return undefined;
  }

  /** It shows whom it is about, and so is on record like every look at a person. */
  private async form(
    asker: Asker,
    address: PersonAddress,
    query: Record<string, unknown>,
    reply: FastifyReply,
    typed: Typed,
    problems: readonly Problem[],
  ): Promise<string | undefined> {
    const asked = new ViewValues(address.person, wayOf(address, query));
    const answer = await this.about.ask(asker, asked, reply, ({ movedTo, child }) => formOf(address.movedTo(movedTo, child)));
    if (answer === undefined) return undefined;
    if (problems.length > 0) reply.status(400);
    const { identity, values } = answer.result;
    const form = {
      identity,
      heading: 'Report a wrong name, date of birth or address',
      goesTo:
        'Your report goes to those who answer for every database that states what you choose, and to the data analysts. Every reader of this person’s page sees what kind of problem it is and what the answer is.',
      action: formOf(address),
      values: values.map((value) => ({
        value: choiceOf(value),
        text: `${VALUE_KINDS[value.kind]}: ${value.words}`,
        hint: { text: `From ${value.databases.join(' and ')}` },
      })),
      categories: Object.entries(VALUE_CATEGORIES).map(([value, text]) => ({ value, text })),
      desks: [this.pages.authority.desk],
    };
    return renderReport(this.pages, asker, address, form, typed, problems);
  }
}

const formOf = (address: PersonAddress): string => address.part('problem');
