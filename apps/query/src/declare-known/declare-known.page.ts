import { Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isUuid } from '#lib/runtime';
import { Ask } from '../ask.js';
import { Viewed } from '../caseload/viewed.js';
import { Decided } from '../decided.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { hasMoved } from '../view-person/moved-person.js';
import { PersonAddress } from '../view-person/person-address.js';
import { FindRecords } from './find-records.query.js';

/** "I know this person": from then on their record is closed to this reader. */
@PageController()
export class DeclareKnownPage {
  constructor(
    private readonly gate: Gate,
    private readonly asking: Ask,
    private readonly decided: Decided,
    private readonly viewed: Viewed,
    private readonly pages: Pages,
  ) {}

  /** Says what will happen; it reads nothing. */
  @Get('/people/:person/known')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Param('person') person: string, @Query() query: Record<string, unknown>): Promise<string> {
    await this.gate.pass(asker, 'search', { action: 'declared-known' });
    const back = { text: 'Back to the person', href: PersonAddress.read(person, '', query).path };
    const facts = { title: 'You know this person', reader: asker.reader, place: 'search', back } as const;
    return this.pages.render('declare-known/declare-known.njk', facts, { person, cameFrom: back.href });
  }

  /** On record first, then kept. */
  @Post('/people/:person/known')
  async declare(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { result } = await this.asking.ask(asker, new FindRecords(person, asker));
    if (result === null) throw new NotFoundException();
    if (hasMoved(result)) {
      reply.redirect(result.split ? `/people/${person}` : `/people/${result.movedTo}/known`, 303);
      return;
    }
    const declaration = await this.decided.declareKnown(asker, result.subjects);
    await this.viewed.forget(asker, person);
    // Not the person's own page: it is closed now, and who is sent there would be on record as having tried to open it.
    reply.redirect(`/known/${declaration}`, 303);
  }

  /** That it is kept. It reads nothing of whom it is about. */
  @Get('/known/:declaration')
  @AsPage()
  async said(@CurrentAsker() asker: Asker, @Param('declaration') declaration: string): Promise<string> {
    await this.gate.pass(asker, 'search', { action: 'declared-known' });
    const at = isUuid(declaration) ? await this.decided.declaredAt(asker, declaration) : null;
    if (at === null) throw new NotFoundException();
    const facts = { title: 'It is on record that you know this person', reader: asker.reader, place: 'search' } as const;
    return this.pages.render('declare-known/said.njk', facts, { at });
  }
}
