import { Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from './reader.js';
import { endOf } from './sessions.js';
import { SignIn } from './sign-in.js';
import { CurrentAsker, Public } from './signed-in.guard.js';

/** When this browser's session ends. */
interface Ends {
  /** Seconds; 0 when it is over. */
  left: number;
  /** Whether doing something prolongs it. */
  canStay: boolean;
}

@PageController()
export class SessionPage {
  constructor(
    private readonly signIn: SignIn,
    private readonly pages: Pages,
  ) {}

  /** Asked by every open page each half minute; that is not using the session, or no reader would ever be idle. */
  @Get('/session')
  @Public()
  async ends(@Req() request: FastifyRequest): Promise<Ends> {
    const session = await this.signIn.sessionOf(request);
    if (session === null) return { left: 0, canStay: false };
    const { at, canStay } = endOf(session);
    return { left: Math.max(0, Math.floor((at - session.foundAt) / 1000)), canStay };
  }

  /** "Stay signed in". Not audited: nothing is shown or changed but the time of last use, which the record of the session's end holds. */
  @Post('/session/stay')
  @HttpCode(200)
  stay(@CurrentAsker() _: Asker, @Req() request: FastifyRequest): Promise<Ends> {
    return this.ends(request);
  }

  @Get('/session/all')
  @AsPage()
  async all(@CurrentAsker() { reader }: Asker, @Req() request: FastifyRequest): Promise<string> {
    const [all, own] = await Promise.all([this.signIn.sessionsOf(reader), this.signIn.sessionOf(request)]);
    const sessions = all.map(({ id, ...times }) => ({ ...times, isThis: id === own?.id }));
    return this.pages.render('sign-in/sessions.njk', { title: 'Where you are signed in', reader }, { sessions });
  }

  @Post('/session/all/end')
  async endAll(
    @CurrentAsker() { reader }: Asker,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    reply.redirect(await this.signIn.leaveEverywhere(request, reply, reader), 303);
  }
}
