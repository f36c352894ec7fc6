import { Body, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { CATEGORIES, feedbackIn } from './feedback-form.js';
import { KeptFeedback } from './kept-feedback.js';

/** What readers say about the pages: on record that they did, never with what they wrote. */
@PageController()
export class FeedbackPage {
  constructor(
    private readonly kept: KeptFeedback,
    private readonly gate: Gate,
    private readonly pages: Pages,
  ) {}

  @Get('/feedback')
  @AsPage()
  show(@CurrentAsker() asker: Asker): string {
    return this.form(asker, undefined, []);
  }

  @Post('/feedback')
  @AsPage()
  async give(
    @CurrentAsker() asker: Asker,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const problems: Problem[] = [];
    const feedback = feedbackIn(typed, problems);
    if (problems.length > 0) {
      reply.status(400);
      return this.form(asker, typed, problems);
    }
    await this.gate.record(asker, { action: 'gave-feedback', shown: { category: feedback.category } }, 'done');
    await this.kept.keep(asker.reader, feedback);
    reply.redirect('/feedback/given', 303);
    return undefined;
  }

  @Get('/feedback/given')
  @AsPage()
  given(@CurrentAsker() { reader }: Asker): string {
    return this.pages.render('feedback/given.njk', { title: 'Thank you', reader });
  }

  private form({ reader }: Asker, typed: Typed, problems: readonly Problem[]): string {
    const facts = { title: 'Give feedback', reader, problem: problems.length > 0 };
    return this.pages.render('feedback/feedback.njk', facts, {
      categories: Object.entries(CATEGORIES).map(([value, text]) => ({ value, text })),
      typed: { category: textIn(typed, 'category'), words: textIn(typed, 'words') },
      ...shownProblems(problems),
    });
  }
}
