import { Body, Get, Inject, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askRequest, type OperatorRequest, requestOf } from '#lib/read-model';
import { isUuid } from '#lib/runtime';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { type Again, renderConfirmation } from './confirm.js';
import { counted } from './lasting-words.js';
import { Operate } from './operate.js';
import { pressOrShowAgain } from './press-or-show-again.js';
import { factsOf, isCount } from './request-words.js';
import { type Problem, reasonIn, type Typed } from './typed.js';

/** Applying again what was counted: the same choice, never another. */
@PageController()
export class ApplyAgainPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/operations/replay/:count')
  @AsPage()
  async confirm(@CurrentAsker() asker: Asker, @Param('count') id: string): Promise<string> {
    return this.form(asker, await this.countNamed(asker, id));
  }

  @Post('/operations/replay/:count')
  @AsPage()
  async act(
    @CurrentAsker() asker: Asker,
    @Param('count') id: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const count = await this.countNamed(asker, id);
    const problems: Problem[] = [];
    const reason = reasonIn(typed, problems);
    const about = { ...count.arguments, dryRun: false };
    const request = { verb: 'replay', arguments: about, askedBy: asker.reader.id, reason } as const;
    const act = async () =>
      `/operations/requests/${await this.operate.press(asker, { verb: 'replay', reason, about }, (pool) => askRequest(pool, request))}`;
    return pressOrShowAgain({ reply, typed, problems, act, form: async (again) => this.form(asker, count, again) });
  }

  private async countNamed(asker: Asker, id: string): Promise<OperatorRequest> {
    const count = await this.operate.look(asker, 'replay/apply', async (sight) => (isUuid(id) ? requestOf(sight, id) : undefined));
    if (count === undefined || !isCount(count) || count.state !== 'done') throw new NotFoundException();
    return count;
  }

  private form(asker: Asker, count: OperatorRequest, again?: Again): string {
    const meant = factsOf(count.arguments, this.authority).map(({ label, words }) => `${label.toLocaleLowerCase('en-GB')} ${words}`);
    const about = [
      `${counted(Number(count.outcome?.applied ?? 0), 'event')} would be applied again, of ${counted(Number(count.outcome?.read ?? 0), 'event')} to be read: ${meant.join(', ') || 'everything, from the beginning'}.`,
      'The checkpoints stay where they are, so nothing is counted twice and readers are not kept waiting.',
    ];
    const back = { text: 'The count', href: `/operations/requests/${count.id}` };
    const confirmation = { section: 'replay', title: 'Apply events again', about, button: 'Apply again', back } as const;
    return renderConfirmation(this.pages, asker, { ...confirmation, action: `/operations/replay/${count.id}` }, again);
  }
}
