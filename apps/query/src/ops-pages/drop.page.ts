import { Body, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { dropGeneration } from '#lib/read-model';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { GENERATIONS } from './build.page.js';
import { type Again, renderConfirmation } from './confirm.js';
import { generationAsked, numberIn } from './generation-asked.js';
import { GENERATION_STATES } from './generation-words.js';
import { Operate } from './operate.js';
import { pressOrShowAgain } from './press-or-show-again.js';
import { type Problem, reasonIn, type Typed } from './typed.js';

@PageController()
export class DropPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
  ) {}

  @Get('/operations/generations/:id/drop')
  @AsPage()
  confirm(@CurrentAsker() asker: Asker, @Param('id') id: string): Promise<string> {
    return this.form(asker, id);
  }

  @Post('/operations/generations/:id/drop')
  @AsPage()
  async act(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const generation = numberIn(id);
    const problems: Problem[] = [];
    const reason = reasonIn(typed, problems);
    const act = async () => {
      await this.operate.press(asker, { verb: 'drop', reason, about: { generation } }, (pool) => dropGeneration(pool, generation));
      return '/operations/generations?done=drop';
    };
    return pressOrShowAgain({ reply, typed, problems, act, form: (again) => this.form(asker, id, again) });
  }

  private async form(asker: Asker, id: string, again?: Again): Promise<string> {
    const { generation } = await generationAsked(this.operate, asker, { page: 'generations/drop', id });
    const about = [
      `All tables of generation ${generation.id} (${GENERATION_STATES[generation.state].toLocaleLowerCase('en-GB')}) are deleted. The logs keep everything, so a new one can be built; but this one can’t be rolled back to any more.`,
    ];
    const title = `Drop generation ${generation.id}`;
    const confirmation = { section: 'generations', title, about, button: 'Drop it', dangerous: true, back: GENERATIONS } as const;
    return renderConfirmation(this.pages, asker, { ...confirmation, action: `/operations/generations/${id}/drop` }, again);
  }
}
