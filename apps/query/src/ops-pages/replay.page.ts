import { Body, Get, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askRequest } from '#lib/read-model';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { Operate } from './operate.js';
import { renderOperations } from './render-operations.js';
import { replayIn } from './replay-form.js';
import { type Problem, shownProblems, textIn, type Typed } from './typed.js';

const FIELDS = ['what', 'source', 'subject', 'from', 'offset', 'day', 'month', 'year', 'hour', 'minute'];
const COUNTING = 'Counted before applying again';

/** Choosing what to apply again. It is counted first; the page with the count leads to applying it. */
@PageController()
export class ReplayPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/operations/replay')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    await this.operate.allow(asker, 'replay');
    return this.form(asker, undefined, []);
  }

  @Post('/operations/replay')
  @AsPage()
  async count(
    @CurrentAsker() asker: Asker,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.operate.allow(asker, 'replay');
    const problems: Problem[] = [];
    const about = { ...replayIn(typed, this.authority, problems), dryRun: true };
    if (problems.length > 0) {
      reply.status(400);
      return this.form(asker, typed, problems);
    }
    const request = { verb: 'replay', arguments: about, askedBy: asker.reader.id, reason: COUNTING } as const;
    const id = await this.operate.press(asker, { verb: 'replay', reason: COUNTING, about }, (pool) => askRequest(pool, request));
    reply.redirect(`/operations/requests/${id}`, 303);
    return undefined;
  }

  private form(asker: Asker, typed: Typed, problems: readonly Problem[]): string {
    const facts = { title: 'Apply events again', section: 'replay', problem: problems.length > 0 } as const;
    return renderOperations(this.pages, asker, 'replay.njk', facts, {
      typed: Object.fromEntries(FIELDS.map((field) => [field, textIn(typed, field)])),
      sources: this.authority.sources.map(({ id, name }) => ({ value: id, text: name })),
      ...shownProblems(problems),
    });
  }
}
