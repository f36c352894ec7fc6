import { Body, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askRequest } from '#lib/read-model';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { GENERATIONS } from './build.page.js';
import { type Again, renderConfirmation } from './confirm.js';
import { generationAsked, numberIn } from './generation-asked.js';
import { Operate } from './operate.js';
import { pressOrShowAgain } from './press-or-show-again.js';
import { shareWords } from './request-words.js';
import { type Problem, reasonIn, textIn, type Typed } from './typed.js';

const SHARES = [1, 0.1, 0.01];

@PageController()
export class ComparePage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
  ) {}

  @Get('/operations/generations/:id/compare')
  @AsPage()
  confirm(@CurrentAsker() asker: Asker, @Param('id') id: string): Promise<string> {
    return this.form(asker, id);
  }

  @Post('/operations/generations/:id/compare')
  @AsPage()
  async act(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const generation = numberIn(id);
    const problems: Problem[] = [];
    const share = SHARES.find((share) => String(share) === textIn(typed, 'share'));
    if (share === undefined) problems.push({ field: 'share', message: 'Choose how much to compare' });
    const reason = reasonIn(typed, problems);
    const act = async () => {
      const about = { generation, share };
      const request = { verb: 'compare', arguments: about, askedBy: asker.reader.id, reason } as const;
      return `/operations/requests/${await this.operate.press(asker, { verb: 'compare', reason, about }, (pool) => askRequest(pool, request))}`;
    };
    return pressOrShowAgain({ reply, typed, problems, act, form: (again) => this.form(asker, id, again) });
  }

  private async form(asker: Asker, id: string, again?: Again): Promise<string> {
    const { generation, live } = await generationAsked(this.operate, asker, { page: 'generations/compare', id });
    const about = [
      `The rows of generation ${generation.id} are compared with those of generation ${live.id}, which is live, at the same offsets and field by field. Neither is changed, and readers are not kept waiting.`,
    ];
    const title = `Compare generation ${generation.id} with the live one`;
    const chosen = textIn(again?.typed, 'share');
    const shares = SHARES.map((share) => ({
      value: String(share),
      text: share === 1 ? 'Everything' : shareWords(share),
      checked: chosen === String(share) || (again === undefined && share === 1),
    }));
    const confirmation = { section: 'generations', title, about, button: 'Compare', back: GENERATIONS, template: 'compare.njk' } as const;
    return renderConfirmation(
      this.pages,
      asker,
      { ...confirmation, action: `/operations/generations/${id}/compare`, fields: { shares } },
      again,
    );
  }
}
