import { Body, Get, Post } from '@nestjs/common';
import { dayWords } from '../day-words.js';
import { listed } from '../listed-words.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Problem, Typed } from '../ops-pages/typed.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { PagesAboutPerson } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import type { PersonIdentity } from '../view-person/person-identity.js';
import { VALUE_KINDS } from '../view-person/stated-values.js';
import { VALUE_CATEGORIES } from './problem-categories.js';
import { choiceOf, reportIn, valueIn } from './problem-form.js';
import { renderReport } from './render-report.js';
import { alreadyWords, isReportedAlready } from './reported-already.js';
import { ReportValue, type ValuesToReport, ViewValues } from './report-value.query.js';
import { SendProblem } from './send-problem.js';

/** "Report a wrong name, date of birth, date of death or address": to every source of which a record states it. */
@PageController()
export class ReportValuePage {
  constructor(
    private readonly about: PagesAboutPerson,
    private readonly sending: SendProblem,
    private readonly pages: Pages,
  ) {}

  @Get('/people/:person/problem')
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson): Promise<string | undefined> {
    return this.form(asked, undefined, []);
  }

  /** On record first, then sent. The person's page that it leads back to shows it. */
  @Post('/people/:person/problem')
  @AsPage()
  async report(@OfPerson() asked: AskedOfPerson, @Body() typed: Typed): Promise<string | undefined> {
    const { asker, address, way, reply } = asked;
    const problems: Problem[] = [];
    const value = valueIn(typed, problems);
    const report = reportIn(typed, VALUE_CATEGORIES, problems);
    if (problems.length > 0) return this.form(asked, typed, problems);
    const query = new ReportValue(address.person, { value }, report, way);
    const answer = await this.about.ask(asked, query, formOf);
    if (answer === undefined) return undefined;
    if (isReportedAlready(answer.result)) return this.form(asked, typed, [], alreadyWords(answer.result.already));
    await this.sending.send(asker, query, answer.result);
    reply.redirect(address.sent(query.problem), 303);
    return undefined;
  }

  /** It shows whom it is about, and so is on record like every look at a person. */
  private async form(asked: AskedOfPerson, typed: Typed, problems: readonly Problem[], already?: string): Promise<string | undefined> {
    const { asker, address, way, reply } = asked;
    const answer = await this.about.ask(asked, new ViewValues(address.person, way), formOf);
    if (answer === undefined) return undefined;
    if (problems.length > 0) reply.status(400);
    else if (already !== undefined) reply.status(409);
    const { identity, values } = answer.result;
    const form = {
      identity,
      askedAt: answer.askedAt,
      already,
      heading: headingOf(values),
      goesTo:
        'Your report goes to those who answer for every database that states what you choose, and to the data analysts. Every reader of this person’s page sees what kind of problem it is and what the answer is.',
      notAmong: notAmong(identity, values),
      action: formOf(address),
      values: values.map((value) => ({
        value: choiceOf(value),
        text: `${VALUE_KINDS[value.kind]}: ${value.words}`,
        hint: { text: `From ${listed(value.databases)}` },
      })),
      categories: Object.entries(VALUE_CATEGORIES).map(([value, text]) => ({ value, text })),
      desks: [this.pages.authority.desk],
    };
    return renderReport(this.pages, asker, address, form, typed, problems);
  }
}

/** "Report a wrong name or address": of what can be chosen alone. */
function headingOf(values: ValuesToReport['values']): string {
  const kinds = [...new Set(values.map(({ kind }) => VALUE_KINDS[kind].toLowerCase()))];
  const [last, ...others] = kinds.toReversed();
  const words = others.length > 0 ? `${others.toReversed().join(', ')} or ${last}` : last;
  return words === undefined ? 'Report what is wrong' : `Report a wrong ${words}`;
}

/** A date of birth or death is shown that no record states which may be told of: nobody could be asked, and why is not told. */
function notAmong({ birth, deceasedOn }: PersonIdentity, values: ValuesToReport['values']): string | undefined {
  const dates = [
    ['date-of-birth', birth?.words],
    ['date-of-death', deceasedOn && dayWords(deceasedOn)],
  ] as const;
  const missing = dates.filter(([kind, words]) => words && !values.some((value) => value.kind === kind && value.words === words));
  return missing.length === 0 ? undefined : missing.map(([kind]) => VALUE_KINDS[kind].toLowerCase()).join(' or ');
}

const formOf = (address: PersonAddress): string => address.part('problem');
