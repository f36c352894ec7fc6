import { Body, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { caseManagementOf } from '../authority.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { personIdIn } from '../view-person/person-id.js';
import { GiveReason } from './give-reason.js';
import { type PurposeForm, purposeFrom, type PurposeProblem } from './purpose-form.js';
import { purposeShown } from './purpose-shown.js';
import { goingBackTo, reasonAddress } from './reason-address.js';

/** Asks why a record outside the reader's own cases is to be opened. It reads nothing: whoever the id belongs to, if anybody, it is the same page. */
@PageController()
export class ReasonPage {
  constructor(
    private readonly gate: Gate,
    private readonly giving: GiveReason,
    private readonly pages: Pages,
  ) {}

  @Get('/people/:person/reason')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Param('person') person: string, @Query('to') to: unknown): Promise<string> {
    await this.gate.pass(asker, 'search', { action: 'gave-reason' });
    return this.form(asker, idIn(person), to, {}, []);
  }

  @Post('/people/:person/reason')
  @AsPage()
  async give(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query('to') to: unknown,
    @Body() typed: PurposeForm | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.gate.pass(asker, 'search', { action: 'gave-reason' });
    const read = purposeFrom(typed ?? {});
    if ('problems' in read) {
      reply.status(400);
      return this.form(asker, idIn(person), to, typed ?? {}, read.problems);
    }
    await this.giving.give(asker, idIn(person), read.purpose);
    reply.redirect(goingBackTo(person, to), 303);
    return undefined;
  }

  private form({ reader }: Asker, person: string, to: unknown, typed: PurposeForm, problems: PurposeProblem[]): string {
    const facts = { title: 'Why you need to see this record', reader, place: 'search', problem: problems.length > 0 } as const;
    return this.pages.render('give-reason/reason.njk', facts, {
      action: reasonAddress(person, goingBackTo(person, to)),
      caseManagementSystem: caseManagementOf(this.pages.authority).name,
      ...purposeShown(typed, problems),
    });
  }
}

function idIn(person: string): string {
  const id = personIdIn(person);
  if (id === null) throw new NotFoundException();
  return id;
}
