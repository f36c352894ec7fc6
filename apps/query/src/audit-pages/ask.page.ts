import { Body, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { caseManagementOf } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { databasesAsked } from './databases-asked.js';
import { type KeptQuestion, KeptQuestions } from './kept-questions.js';
import { ReadModelUnavailable } from '../errors.js';
import { personWords } from './entry-words.js';
import { LookIntoAudit, teamSeenBy } from './look-into-audit.js';
import { type RaisedAlert, RaisedAlerts } from './raised-alerts.js';
import { renderAudit } from './render-audit.js';
import { readSeal, type SealShown } from './seal-state.js';

const LONGEST = 200;

/** What waits for an officer. `alerts`: null where it can’t be told; `seal`: null where it is nobody’s to know. */
interface Waiting {
  alerts: readonly RaisedAlert[] | null;
  seal: SealShown | null;
}

/** Where an officer, or a manager, begins: whom is it about? */
@PageController()
export class AskPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly questions: KeptQuestions,
    private readonly alerts: RaisedAlerts,
    private readonly pages: Pages,
  ) {}

  @Get('/audit')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    await this.audit.allow(asker, { page: 'ask' });
    const seal = teamSeenBy(asker.reader) === null ? await readSeal(this.audit) : null;
    return this.form(asker, undefined, [], { alerts: await this.waiting(asker), seal });
  }

  /** What was typed is kept under an opaque id and never stands in an address. */
  @Post('/audit/questions')
  @AsPage()
  async ask(
    @CurrentAsker() asker: Asker,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.audit.allow(asker, { page: 'ask' });
    const problems: Problem[] = [];
    const question = textIn(typed, 'by') === 'reader' ? readerIn(typed, problems) : this.personIn(asker, typed, problems);
    if (problems.length > 0) {
      reply.status(400);
      return this.form(asker, typed, problems);
    }
    reply.redirect(`/audit/questions/${await this.questions.keep(asker, question)}`, 303);
    return undefined;
  }

  private personIn({ reader }: Asker, typed: Typed, problems: Problem[]): KeptQuestion {
    const { authority } = this.pages;
    const source = textIn(typed, 'source') || authority.caseManagementSystem;
    if (!databasesAsked(reader, authority).some(({ id }) => id === source))
      problems.push({ field: 'source', message: 'Choose a database from the list' });
    return { recordId: whatIn(typed, 'recordId', 'Enter the ID', problems), source };
  }

  /** Of restricted records that were opened, for those who may read everybody’s looks: on record before it is shown. Null: can’t be told now. */
  private async waiting(asker: Asker): Promise<RaisedAlert[] | null> {
    if (teamSeenBy(asker.reader) !== null) return [];
    try {
      const waiting = await this.alerts.waiting();
      if (waiting.length > 0) await this.audit.open(asker, { page: 'alerts', whole: true, about: { alerts: waiting.length } });
      return waiting;
    } catch (error) {
      if (error instanceof ReadModelUnavailable) return null;
      throw error;
    }
  }

  private form(asker: Asker, typed: Typed, problems: readonly Problem[], o: Waiting = { alerts: [], seal: null }): string {
    const facts = { title: 'Who looked at whom, and why', section: 'ask', problem: problems.length > 0 } as const;
    const { authority } = this.pages;
    const databases = databasesAsked(asker.reader, authority).map(({ id, name }) => ({ value: id, text: name }));
    const shown = {
      typed: {
        recordId: textIn(typed, 'recordId'),
        source: textIn(typed, 'source') || authority.caseManagementSystem,
        reader: textIn(typed, 'reader'),
      },
      databases,
      alerts: o.alerts?.map((alert) => ({ ...alert, words: personWords(alert.person) })) ?? null,
      seal: o.seal,
      caseManagementSystem: caseManagementOf(authority).name,
      ...shownProblems(problems),
    };
    return renderAudit(this.pages, asker, 'ask.njk', facts, shown);
  }
}

const readerIn = (typed: Typed, problems: Problem[]): KeptQuestion => ({
  reader: whatIn(typed, 'reader', 'Enter the user name', problems).toLowerCase(),
});

function whatIn(typed: Typed, field: string, message: string, problems: Problem[]): string {
  const said = textIn(typed, field);
  if (said === '') problems.push({ field, message });
  if (said.length > LONGEST) problems.push({ field, message: `Enter ${LONGEST} characters or fewer` });
  return said;
}
