import { Body, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Problem, Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { OpenPanel } from '../view-person/open-panel.query.js';
import { PagesAboutPerson, wayOf } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import { isForStewards } from './for-stewards.js';
import { CHANGED, isPanelChanged } from './panel-changed.js';
import { panelForm } from './panel-form.js';
import { CATEGORIES } from './problem-categories.js';
import { reportIn } from './problem-form.js';
import { renderReport } from './render-report.js';
import { ReportProblem } from './report-problem.query.js';
import { SendProblem } from './send-problem.js';

/** "Report a problem with this record": of a panel that can be opened, to every source behind it; of one that shows nothing, that an involvement is missing, to the data analysts alone. */
@PageController()
export class ReportProblemPage {
  constructor(
    private readonly about: PagesAboutPerson,
    private readonly sending: SendProblem,
    private readonly pages: Pages,
  ) {}

  @Get('/people/:person/panels/:service/problem')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('service') service: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.form(asker, this.about.addressOf(person, service, query), service, query, reply, undefined, []);
  }

  /** On record first, then sent. The panel it leads back to shows it. */
  @Post('/people/:person/panels/:service/problem')
  @AsPage()
  async report(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('service') service: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, service, query);
    const problems: Problem[] = [];
    const report = reportIn(typed, CATEGORIES, problems);
    if (problems.length > 0) return this.form(asker, address, service, query, reply, typed, problems);
    const asked = new ReportProblem(person, service, report, wayOf(address, query));
    const answer = await this.about.ask(asker, asked, reply, ({ movedTo, child }) => formOf(address.movedTo(movedTo, child), service));
    if (answer === undefined) return undefined;
    if (isForStewards(answer.result)) {
      reply.redirect(address.part('doubt'), 303);
      return undefined;
    }
    if (isPanelChanged(answer.result))
      return this.form(asker, address, service, query, reply, typed, [{ field: 'category', message: CHANGED }]);
    await this.sending.send(asker, asked, answer.result);
    reply.redirect(`${address.path}#${service}`, 303);
    return undefined;
  }

  /** It shows whom and what it is about, and so is asked for, and on record, as an opened panel. */
  private async form(
    asker: Asker,
    address: PersonAddress,
    service: string,
    query: Record<string, unknown>,
    reply: FastifyReply,
    typed: Typed,
    problems: readonly Problem[],
  ): Promise<string | undefined> {
    const asked = new OpenPanel(address.person, service, wayOf(address, query));
    const answer = await this.about.ask(asker, asked, reply, ({ movedTo, child }) => formOf(address.movedTo(movedTo, child), service));
    if (answer === undefined) return undefined;
    if (asker.overriding?.person === address.person) throw new NotFoundException();
    if (problems.length > 0) reply.status(400);
    const { identity } = answer.result;
    const form = { identity, action: formOf(address, service), ...panelForm(answer.result, this.pages.authority) };
    return renderReport(this.pages, asker, address, form, typed, problems);
  }
}

const formOf = (address: PersonAddress, service: string): string => address.part(`panels/${service}/problem`);
