import { Body, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { KeptQuestions } from './kept-questions.js';
import { LookIntoAudit } from './look-into-audit.js';
import { renderAudit } from './render-audit.js';

const LONGEST = 200;

/** Where an officer, or a manager, begins: whom is it about? */
@PageController()
export class AskPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly questions: KeptQuestions,
    private readonly pages: Pages,
  ) {}

  @Get('/audit')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    await this.audit.allow(asker, { page: 'ask' });
    return this.form(asker, undefined, []);
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
    const byReader = textIn(typed, 'by') === 'reader';
    const field = byReader ? 'reader' : 'caseId';
    const said = textIn(typed, field);
    const message = byReader ? 'Enter the user name' : 'Enter the Case ID';
    if (said === '' || said.length > LONGEST) {
      reply.status(400);
      return this.form(asker, typed, [{ field, message: said === '' ? message : `Enter ${LONGEST} characters or fewer` }]);
    }
    const id = await this.questions.keep(asker, byReader ? { reader: said.toLowerCase() } : { caseId: said });
    reply.redirect(`/audit/questions/${id}`, 303);
    return undefined;
  }

  private form(asker: Asker, typed: Typed, problems: readonly Problem[]): string {
    const facts = { title: 'Who looked at whom, and why', section: 'ask', problem: problems.length > 0 } as const;
    const shown = {
      typed: { caseId: textIn(typed, 'caseId'), reader: textIn(typed, 'reader') },
      caseManagementSystem: this.pages.authority.sources.find(({ id }) => id === this.pages.authority.caseManagementSystem)!.name,
      ...shownProblems(problems),
    };
    return renderAudit(this.pages, asker, 'ask.njk', facts, shown);
  }
}
