import { Body, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askForGeneration } from '#lib/read-model';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { type Again, renderConfirmation } from './confirm.js';
import { counted } from './lasting-words.js';
import { Operate } from './operate.js';
import { pressOrShowAgain } from './press-or-show-again.js';
import { readPipeline } from './read-pipeline.js';
import { countIn, type Problem, reasonIn, type Typed } from './typed.js';

export const GENERATIONS = { text: 'Generations', href: '/operations/generations' };
export const WRONG_LIMIT = 'Enter a whole number of events a second, or leave it empty';

@PageController()
export class BuildPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
  ) {}

  @Get('/operations/generations/build')
  @AsPage()
  confirm(@CurrentAsker() asker: Asker): Promise<string> {
    return this.form(asker);
  }

  @Post('/operations/generations/build')
  @AsPage()
  async act(
    @CurrentAsker() asker: Asker,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const problems: Problem[] = [];
    const throttle = countIn(typed, 'throttle', problems, WRONG_LIMIT);
    const reason = reasonIn(typed, problems);
    const act = async () => {
      await this.operate.press(asker, { verb: 'rebuild', reason, about: { throttle } }, (pool) => askForGeneration(pool, { throttle }));
      return '/operations/generations?done=build';
    };
    return pressOrShowAgain({ reply, typed, problems, act, form: (again) => this.form(asker, again) });
  }

  private async form(asker: Asker, again?: Again): Promise<string> {
    const { folded } = await this.operate.look(asker, 'generations/build', readPipeline);
    const about = [
      `${counted(folded, 'event')} will be folded from the beginning of the logs, and then whatever comes meanwhile. This page changes nothing for readers: they go on with the live generation.`,
      'It takes as much room in the database as the live one until one of the two is dropped.',
    ];
    const confirmation = { section: 'generations', title: 'Build a new generation', about, button: 'Build it', back: GENERATIONS } as const;
    const target = { action: '/operations/generations/build', template: 'build.njk' };
    return renderConfirmation(this.pages, asker, { ...confirmation, ...target, fields: { limit: '' } }, again);
  }
}
