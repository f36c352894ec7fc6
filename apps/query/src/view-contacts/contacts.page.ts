import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { PagesAboutPerson, wayOf } from '../view-person/pages-about-person.js';
import { ViewContacts } from './view-contacts.query.js';

@PageController()
export class ContactsPage {
  constructor(private readonly about: PagesAboutPerson) {}

  @Get('/people/:person/contacts')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, '', query);
    const way = wayOf(address, query);
    const answer = await this.about.ask(asker, new ViewContacts(person, way), reply, ({ movedTo, child }) =>
      address.movedTo(movedTo, child).part('contacts'),
    );
    return (
      answer &&
      this.about.render('view-contacts/contacts.njk', 'contacts', asker, address, answer, {
        printing: way.print,
        printed: address.printed('contacts'),
        pathTo: (other: string) => address.toRelative(other).path,
      })
    );
  }
}
