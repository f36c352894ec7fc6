import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { PagesAboutPerson, wayOf } from '../view-person/pages-about-person.js';
import { ViewFamily } from './view-family.query.js';

@PageController()
export class FamilyPage {
  constructor(private readonly about: PagesAboutPerson) {}

  @Get('/people/:person/family')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, '', query);
    const way = wayOf(address, query);
    const answer = await this.about.ask(asker, new ViewFamily(person, way), reply, ({ movedTo, child }) =>
      address.movedTo(movedTo, child).part('family'),
    );
    return (
      answer &&
      this.about.render('view-family/family.njk', 'family', asker, address, answer, {
        printing: way.print,
        printed: address.printed('family'),
        pathTo: (other: string) => address.toRelative(other).path,
      })
    );
  }
}
