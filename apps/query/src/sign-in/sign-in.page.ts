import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { SignIn } from './sign-in.js';
import { Public } from './signed-in.guard.js';

@PageController()
@Public()
export class SignInPage {
  constructor(
    private readonly signIn: SignIn,
    private readonly pages: Pages,
  ) {}

  @Get('/sign-in')
  @AsPage()
  show(): string {
    return this.pages.render('sign-in/sign-in.njk', { title: 'Sign in' });
  }

  /** A link, not a form: the content security policy keeps forms from leading to other sites. */
  @Get('/sign-in/begin')
  async begin(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    reply.redirect(await this.signIn.begin(request, reply), 303);
  }

  /** The directory sends the browser back to here. */
  @Get('/sign-in/return')
  @AsPage()
  async comeBack(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string | undefined> {
    const ended = await this.signIn.comeBack(request, reply);
    if ('goingTo' in ended) {
      reply.redirect(ended.goingTo, 303);
      return undefined;
    }
    reply.status(403);
    return this.pages.render('sign-in/refused.njk', { title: 'You are not signed in' }, { why: ended.refused });
  }
}
