import { Body, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { showDoubtForm } from '../doubt-record/show-doubt-form.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Problem, Typed } from '../ops-pages/typed.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { OpenPanel } from '../view-person/open-panel.query.js';
import { isRuledOut } from '../view-person/service-panel.js';
import { isOverridden, PagesAboutPerson } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import { isForStewards } from './for-stewards.js';
import { CHANGED, isPanelChanged } from './panel-changed.js';
import { panelForm } from './panel-form.js';
import { CATEGORIES } from './problem-categories.js';
import { reportIn } from './problem-form.js';
import { renderReport, renderRuledOut } from './render-report.js';
import { alreadyWords, isReportedAlready } from './reported-already.js';
import { ReportProblem } from './report-problem.query.js';
import { isRefusedByRule } from './ruled-out.js';
import { SendProblem } from './send-problem.js';
import { isWhichAsked, SELECT_WHICH } from './which-involvement.js';

/** "Report a problem with this record": of a panel that can be opened, to every source behind it; of one that shows nothing, that an involvement is missing, to the data analysts alone. Where a rule leaves the service out, there is no form. */
@PageController()
export class ReportProblemPage {
  constructor(
    readonly about: PagesAboutPerson,
    private readonly sending: SendProblem,
    readonly pages: Pages,
  ) {}

  @Get('/people/:person/panels/:service/problem')
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson, @Param('service') service: string): Promise<string | undefined> {
    return this.form(asked, service, undefined, []);
  }

  /** On record first, then sent. The panel it leads back to shows it. */
  @Post('/people/:person/panels/:service/problem')
  @AsPage()
  async report(@OfPerson() asked: AskedOfPerson, @Param('service') service: string, @Body() typed: Typed): Promise<string | undefined> {
    const { asker, address, way, reply } = asked;
    const problems: Problem[] = [];
    const report = reportIn(typed, CATEGORIES, problems);
    if (problems.length > 0) return this.form(asked, service, typed, problems);
    const query = new ReportProblem(address.person, service, report, way);
    const answer = await this.about.ask(asked, query, (moved) => formOf(moved, service));
    if (answer === undefined) return undefined;
    if (isForStewards(answer.result)) {
      reply.status(200);
      return showDoubtForm(this, asked, { record: answer.result.record ?? '', words: report.words }, [], true);
    }
    if (isRefusedByRule(answer.result)) return this.form(asked, service, typed, []);
    if (isPanelChanged(answer.result)) return this.form(asked, service, typed, [{ field: 'category', message: CHANGED }]);
    if (isWhichAsked(answer.result)) return this.form(asked, service, typed, [{ field: 'involvement', message: SELECT_WHICH }]);
    if (isReportedAlready(answer.result)) return this.form(asked, service, typed, [], alreadyWords(answer.result.already));
    await this.sending.send(asker, query, answer.result);
    reply.redirect(address.sent(query.problem, service), 303);
    return undefined;
  }

  /** It shows whom and what it is about, and so is asked for like an opened panel, and on record as the form of one. */
  private async form(
    asked: AskedOfPerson,
    service: string,
    typed: Typed,
    problems: readonly Problem[],
    already?: string,
  ): Promise<string | undefined> {
    const { asker, address, way, reply } = asked;
    const answer = await this.about.ask(asked, new OpenPanel(address.person, service, way, true), (moved) => formOf(moved, service));
    if (answer === undefined) return undefined;
    if (isOverridden(asked)) throw new NotFoundException();
    const { askedAt, result } = answer;
    const { identity, panel } = result;
    if (isRuledOut(panel.state)) {
      reply.status(409);
      return renderRuledOut(this.pages, asker, address, answer);
    }
    if (problems.length > 0) reply.status(400);
    else if (already !== undefined) reply.status(409);
    const form = { identity, askedAt, already, action: formOf(address, service), ...panelForm(result, this.pages.authority) };
    return renderReport(this.pages, asker, address, form, typed, problems);
  }
}

const formOf = (address: PersonAddress, service: string): string => address.part(`panels/${service}/problem`);
