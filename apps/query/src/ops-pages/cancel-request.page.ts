import { Body, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { cancelRequest, requestOf } from '#lib/read-model';
import { isUuid } from '#lib/runtime';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { type Again, renderConfirmation } from './confirm.js';
import { Operate } from './operate.js';
import { pressOrShowAgain } from './press-or-show-again.js';
import { requestWords } from './request-words.js';
import { type Problem, reasonIn, type Typed } from './typed.js';

/** Ending a request that waits or is under way. */
@PageController()
export class CancelRequestPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
  ) {}

  @Get('/operations/requests/:id/cancel')
  @AsPage()
  confirm(@CurrentAsker() asker: Asker, @Param('id') id: string): Promise<string> {
    return this.form(asker, id);
  }

  @Post('/operations/requests/:id/cancel')
  @AsPage()
  async act(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    if (!isUuid(id)) throw new NotFoundException();
    const problems: Problem[] = [];
    const reason = reasonIn(typed, problems);
    const act = async () => {
      const press = { verb: 'requests/cancel', reason, about: { request: id } };
      await this.operate.press(asker, press, (pool) => cancelRequest(pool, id, { by: asker.reader.id, reason }));
      return `/operations/requests/${id}`;
    };
    return pressOrShowAgain({ reply, typed, problems, act, form: (again) => this.form(asker, id, again) });
  }

  private async form(asker: Asker, id: string, again?: Again): Promise<string> {
    const request = await this.operate.look(asker, 'requests/cancel', async (sight) => (isUuid(id) ? requestOf(sight, id) : undefined));
    if (request === undefined) throw new NotFoundException();
    const about = [
      `${requestWords(request)}: it ends within a second or two. What was done by then stays done, and is told.`,
      ...(request.endedAt === null ? [] : ['It has ended already.']),
    ];
    const back = { text: 'The request', href: `/operations/requests/${id}` };
    const confirmation = { section: 'requests', title: 'Cancel the request', about, button: 'Cancel it', dangerous: true, back } as const;
    return renderConfirmation(this.pages, asker, { ...confirmation, action: `/operations/requests/${id}/cancel` }, again);
  }
}
