import { Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { Cookies } from './cookies.js';
import { GoingTo } from './going-to.js';
import { pageBefore } from './local-path.js';
import { SignIn } from './sign-in.js';
import { Public } from './signed-in.guard.js';

@PageController()
@Public()
export class SignOutPage {
  constructor(
    private readonly signIn: SignIn,
    private readonly pages: Pages,
    private readonly cookies: Cookies,
    private readonly goingTo: GoingTo,
  ) {}

  @Post('/sign-out')
  async leave(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    reply.redirect(await this.signIn.leave(request, reply), 303);
  }

  /** Signed out here, and on the way to be signed out of the directory: a page in between, as forms may not lead to other sites. */
  @Get('/sign-out')
  @AsPage()
  leaving(@Req() request: FastifyRequest): Promise<string> {
    return this.unlessSignedIn(request, 'sign-in/leaving.njk');
  }

  /** The directory comes last: a session that goes on here would be forgotten by then. */
  @Get('/sign-out/directory')
  async leaveDirectory(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const goesOn = (await this.signIn.sessionOf(request)) !== null;
    reply.redirect(goesOn ? '/sign-out' : ((await this.signIn.leavingAddress()) ?? '/signed-out'), 303);
  }

  @Get('/signed-out')
  @AsPage()
  left(@Req() request: FastifyRequest): Promise<string> {
    return this.unlessSignedIn(request, 'sign-in/signed-out.njk');
  }

  /** The session is over by itself. A click that noticed has left behind where it was going; a script came from the page the reader was on. */
  @Get('/timed-out')
  @AsPage()
  async timedOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string | undefined> {
    const before = pageBefore(request.headers.referer, request.headers.host);
    if ((await this.signIn.sessionOf(request)) !== null) {
      reply.redirect(before ?? '/', 303);
      return undefined;
    }
    if (before !== null && this.goingTo.kept(request) === '') this.goingTo.keep(request, reply, before);
    this.cookies.clear(reply, 'session');
    return this.pages.render('sign-in/timed-out.njk', { title: 'You were signed out' });
  }

  /** Whoever only typed the address is told that their session goes on: an address ends none, or any site could. */
  private async unlessSignedIn(request: FastifyRequest, template: string): Promise<string> {
    const session = await this.signIn.sessionOf(request);
    return session === null
      ? this.pages.render(template, { title: 'Signed out' })
      : this.pages.render('sign-in/still-signed-in.njk', { title: 'Still signed in', reader: session.reader });
  }
}
