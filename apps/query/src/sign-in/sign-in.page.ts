import { Body, Get, HttpCode, Post, Redirect, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { homeOf } from '../rights.js';
import { ROLES } from './reader.js';
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
    return this.form();
  }

  @Post('/sign-in')
  @AsPage()
  async enter(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() fields: Record<string, string> | undefined,
  ): Promise<string | undefined> {
    const reader = await this.signIn.enter(request, reply, fields ?? {});
    if (reader === null) {
      reply.status(400);
      return this.form('Choose who you are');
    }
    reply.redirect(homeOf(reader.role), 303);
    return undefined;
  }

  @Post('/sign-out')
  @HttpCode(303)
  @Redirect('/signed-out', 303)
  async leave(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.signIn.leave(request, reply);
  }

  @Get('/signed-out')
  @AsPage()
  left(): string {
    return this.pages.render('sign-in/signed-out.njk', { title: 'Signed out' });
  }

  private form(message?: string): string {
    const readers = this.signIn.offered.map((reader) => ({ ...reader, role: ROLES[reader.role] }));
    return this.pages.render('sign-in/sign-in.njk', { title: 'Sign in', problem: message !== undefined }, { readers, message });
  }
}
